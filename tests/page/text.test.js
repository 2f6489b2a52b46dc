import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, indices, originOf, part, visible, wireOf } from "../../assistant/web/static/text.js";

test("offsets count code points", () => {
  const text = "a\u{1f6a2}b\ud800c";
  assert.deepEqual(indices(text, [0, 1, 2, 3, 4, 5]), [0, 1, 3, 4, 5, 6]);
  assert.deepEqual(indices(text, [4, 1]), [5, 1]);
  assert.equal(part(text, [1, 3]), "\u{1f6a2}b");
  assert.equal(part(text, [4, 99]), "c");
});

test("what hides is spelled out", () => {
  assert.equal(visible("a\u202eb\r\nc\rd\u{e0041}"), "a\\u202eb\r\nc\\rd\\U000e0041");
});

test("where an article comes from is one line", () => {
  assert.equal(originOf({ source: " The\n Post ", date: "2024-05-01" }), "The Post · 1\u00a0May\u00a02024");
  assert.equal(originOf({ source: null, date: null }), "");
});

test("a day has one form, and what is no day stays", () => {
  assert.equal(dayOf("2031-03-13"), "13\u00a0March\u00a02031");
  for (const text of ["", "2031", "2031-13-01", "spring"]) assert.equal(dayOf(text), text);
});

test("the dateline of a report", () => {
  const wires = ["VARNHOLT, Torvenia (CWN) - ", "PORT ELVERY — ", "SAINT-ÉTIENNE (AFP) – ", "ST. JOHN'S, Antigua - "];
  for (const wire of wires) assert.equal(wireOf(`${wire}Two ships sank.`), wire.length);
  for (const none of ["Two ships sank.", "The UN - which left - is back.", "A - B", "NATO is not - so it says - at war.", "-", ""]) {
    assert.equal(wireOf(none), 0, none);
  }
});

test("time is linear in the length of a sentence", () => {
  for (const piece of ["A", "A ", "A, ", "(A", " - "]) {
    const began = process.cpuUsage(); // so that nothing else on the machine counts
    wireOf(`A${piece.repeat(100_000)}`);
    assert.ok(process.cpuUsage(began).user < 1_000_000, piece);
  }
});
