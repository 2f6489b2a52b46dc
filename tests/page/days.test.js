import assert from "node:assert/strict";
import { test } from "node:test";
import { before, span } from "../../assistant/web/static/days.js";

/** @param {string} text */
const spaced = (text) => text.replaceAll("\u00a0", " ");

test("what both days have is said once", () => {
  assert.equal(spaced(span("2031-03-03", "2031-04-06")), "3 March to 6 April 2031");
  assert.equal(spaced(span("2031-04-01", "2031-04-06")), "1 to 6 April 2031");
  assert.equal(spaced(span("2030-04-06", "2031-04-06")), "6 April 2030 to 6 April 2031");
  assert.equal(spaced(span("2031-04-06", "2031-04-06")), "6 April 2031");
});

test("days are counted back over months and years", () => {
  assert.equal(before("2024-03-01", 1), "2024-02-29");
  assert.equal(before("2031-01-03", 6), "2030-12-28");
});
