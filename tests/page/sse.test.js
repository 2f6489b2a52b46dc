import assert from "node:assert/strict";
import { test } from "node:test";
import { events, texts } from "../../assistant/web/static/sse.js";

const STREAM = ': still looking\n\nevent: statement\ndata: {"text": "Café \u{1f6a2}"}\n\nevent: answer\ndata: {"n": 1}\n\n';
const WANTED = [
  { event: "statement", data: { text: "Café \u{1f6a2}" } },
  { event: "answer", data: { n: 1 } },
];

const body = (...parts) =>
  new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

const all = async (source) => {
  const found = [];
  for await (const each of source) found.push(each);
  return found;
};

test("events are the same wherever the bytes are divided", async () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let at = 0; at <= bytes.length; at += 1) {
    const parts = body(bytes.slice(0, at), bytes.slice(at));
    assert.deepEqual(await all(events(texts(parts, 1_000, () => {}))), WANTED, String(at));
  }
});

test("what is not complete is no event", async () => {
  const parts = body(new TextEncoder().encode('event: answer\ndata: {"n": 1}\n'));
  assert.deepEqual(await all(events(texts(parts, 1_000, () => {}))), []);
});

test("silence is noticed", async () => {
  let lost = 0;
  let end = () => {};
  const silent = new ReadableStream({ start: (controller) => void (end = () => controller.close()) });
  await all(texts(silent, 20, () => ((lost += 1), end())));
  assert.equal(lost, 1);
});
