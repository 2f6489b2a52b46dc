import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, plain, readAs, scopeOf, spoken, verdict } from "../../assistant/web/static/wording.js";

const answer = (more = {}) => ({
  question: "q",
  standalone_question: "q",
  status: "answered",
  short_answer: null,
  statements: [{ text: "It is so.", citations: [1], span: null, verbatim: true }],
  citations: [],
  closest: [],
  tentative: false,
  follow_up_to: null,
  reason: null,
  ...more,
});
const citation = { marker: 1, title: "T", source: "The Post", date: "2024-05-01", url: null, sentence: "It is so." };
const turn = (more = {}) => ({ state: "done", question: "q", answer: answer(), citations: [citation], ...more });
const refused = answer({ status: "not_in_corpus", statements: [], reason: { kind: "missing", text: "No article mentions X." } });

test("a turn looks as sure as its answer is", () => {
  assert.equal(kindOf(turn()), "answer");
  assert.equal(kindOf(turn({ answer: answer({ tentative: true }) })), "tentative");
  assert.equal(kindOf(turn({ answer: refused })), "refusal");
  assert.equal(kindOf(turn({ answer: answer({ status: "not_in_corpus", reason: { kind: "courtesy", text: "Hello!" } }) })), "courtesy");
  assert.equal(kindOf(turn({ state: "looking", answer: null })), "looking");
  assert.equal(verdict(answer()), null);
  assert.equal(verdict(answer({ tentative: true })), "This may answer it:");
  assert.equal(verdict(answer({ status: "not_in_corpus" })), "The articles do not say.");
});

test("how a question was read", () => {
  assert.equal(readAs(answer()), null);
  assert.deepEqual(readAs(answer({ follow_up_to: "p" })), ["Read as a follow-up to", "p"]);
  assert.deepEqual(readAs(answer({ standalone_question: "q of p" })), ["Asked as", "q of p"]);
});

test("what is copied and what is spoken", () => {
  assert.equal(plain(turn()), "q\n\nIt is so. [1]\n\n[1] T · The Post · 1\u00a0May\u00a02024\n    It is so.");
  assert.equal(spoken(turn()), "Answer: It is so. 1 citation.");
  assert.equal(spoken(turn({ answer: refused })), "No article mentions X. 1 close sentence follows.");
  assert.equal(spoken(turn({ state: "stopped" })), "Stopped.");
});

test("which articles were asked", () => {
  assert.equal(scopeOf({ titles: ["A"], source: "The Post", since: "2024-05-01" }), "“A”, The Post, from 1\u00a0May\u00a02024");
  assert.equal(scopeOf({}), "");
});
