import assert from "node:assert/strict";
import { test } from "node:test";
import { located, paragraphs } from "../../assistant/web/static/paragraphs.js";

const article = (text, more = {}) => ({ id: "a", title: "T", date: null, source: null, url: null, text, body: 0, markdown: false, sentences: [], ...more });
const texts = (shown) => shown.paragraphs.map((pieces) => pieces.map(({ text }) => text).join(""));
const marked = (shown) => shown.paragraphs.flat().filter(({ styles }) => styles.includes("mark")).map(({ text }) => text);

test("a line is a paragraph, and the sentence is marked in it", () => {
  const shown = paragraphs(article("T\nOne. Two.\n\nThree.", { body: 2 }), [7, 11]);
  assert.deepEqual(texts(shown), ["One. Two.", "Three."]);
  assert.deepEqual(marked(shown), ["Two."]);
});

test("no paragraph divides the sentence", () => {
  const shown = paragraphs(article("One\n\ntwo three.\nFour."), [0, 15]);
  assert.deepEqual(texts(shown), ["One\n\ntwo three.", "Four."]);
  assert.deepEqual(marked(shown), ["One\n\ntwo three."]);
});

test("lines that a program broke belong together", () => {
  const line = "x".repeat(70);
  const shown = paragraphs(article(`${line}\n${line}\nend.\n\n${line}\nend.`));
  assert.equal(shown.wrapped, true);
  assert.deepEqual(texts(shown), [`${line}\n${line}\nend.`, `${line}\nend.`]);
  assert.equal(paragraphs(article("Short\nlines\n\nof verse\nhere")).wrapped, false);
});

test("a headline that is cited is shown", () => {
  const shown = paragraphs(article("Bridge opens\nText.", { body: 13 }), [0, 12]);
  assert.deepEqual(texts(shown), ["Bridge opens", "Text."]);
  assert.deepEqual(marked(shown), ["Bridge opens"]);
});

test("without a sentence nothing is marked", () => {
  assert.deepEqual(marked(paragraphs(article("One.\nTwo."))), []);
  assert.deepEqual(texts(paragraphs(article("\n\n"))), []);
});

test("a cited sentence is found where it stands now", () => {
  const now = article("New. Old one. And. Old one.", {
    sentences: [
      { start: 0, end: 4, sentence: "New." },
      { start: 5, end: 13, sentence: "Old one." },
      { start: 19, end: 27, sentence: "Old one." },
    ],
  });
  assert.deepEqual(located(now, { start: 5, end: 13, sentence: "Old one." }), { span: [5, 13], moved: false });
  assert.deepEqual(located(now, { start: 17, end: 25, sentence: "Old one." }), { span: [19, 27], moved: true });
  assert.equal(located(now, { start: 0, end: 3, sentence: "Gone" }), null);
});
