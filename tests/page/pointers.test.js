import assert from "node:assert/strict";
import { test } from "node:test";
import { cited } from "../../assistant/web/static/pointers.js";

test("in a cited sentence its dateline and the days that it names are told apart", () => {
  const sentence = "OSLO — \u{1f6a2} sank on Monday.";
  const view = { turn: { markdown: [], days: { 1: [[17, 23, "2031-03-10"]] } } };
  const pieces = cited(view, { marker: 1, article_id: "a", sentence });
  assert.deepEqual(pieces.filter(({ styles }) => styles.length).map(({ text, styles: [style] }) => [text, style]), [
    ["OSLO — ", "wire"],
    ["Monday", "day-2031-03-10"],
  ]);
  assert.equal(pieces.map(({ text }) => text).join(""), sentence);
});
