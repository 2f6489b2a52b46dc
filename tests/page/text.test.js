import assert from "node:assert/strict";
import { test } from "node:test";
import { indices, originOf, part, visible } from "../../assistant/web/static/text.js";

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
  assert.equal(originOf({ source: " The\n Post ", date: "2024-05-01" }), "The Post · 2024-05-01");
  assert.equal(originOf({ source: null, date: null }), "");
});
