import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, placeOf } from "../../assistant/web/static/router.js";

const PLACES = [
  {},
  { conversation: 3 },
  { conversation: 3, cited: { turn: 2, marker: 1 } },
  { article: "000_498ac0c67ef683ba" },
  { article: "a/b c?#é%", span: [924, 1056] },
];

test("a place is what its address says", () => {
  for (const place of PLACES) assert.deepEqual(placeOf(new URL(addressOf(place), "http://localhost")), place);
});

test("an address that says nothing is a new conversation", () => {
  for (const address of ["/nothing", "/conversations/x", "/articles/%ff", "/conversations/1/2"]) {
    assert.deepEqual(placeOf(new URL(address, "http://localhost")), {});
  }
});
