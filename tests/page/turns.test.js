import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, shownOf, withStatement } from "../../assistant/web/static/turns.js";

const cited = (marker) => ({ marker, article_id: `a${marker}`, sentence: `s${marker}` });
const said = (text, ...markers) => ({ text, citations: markers, span: null, verbatim: true });

test("statements come one by one, each citation once", () => {
  let turn = { statements: [], citations: [], markdown: [] };
  turn = withStatement(turn, { ...said("One.", 1), sources: [cited(1)], markdown: ["a1"], days: { 1: [[0, 6, "2031-03-10"]] } });
  turn = withStatement(turn, { ...said("Two.", 1, 2), sources: [cited(1), cited(2)], markdown: [] });
  assert.deepEqual(turn.statements, [said("One.", 1), said("Two.", 1, 2)]);
  assert.deepEqual(turn.citations.map(({ marker }) => marker), [1, 2]);
  assert.deepEqual(turn.markdown, ["a1"]);
  assert.deepEqual(turn.days, { 1: [[0, 6, "2031-03-10"]] });
  assert.equal(turn.state, "writing");
});

test("a turn that was kept has its answer and what was thought of it", () => {
  const answer = { question: "q", statements: [said("One.", 1)], citations: [cited(1)], closest: [], notices: [{ kind: "corrected" }], writing: null };
  const feedback = [
    { kind: "up", marker: null },
    { kind: "wrong_citation", marker: 1 },
  ];
  const turn = shownOf({ turn: 3, among: null, answer, since: [{ kind: "gone" }], feedback, markdown: [], days: {} });
  assert.deepEqual([turn.state, turn.number, turn.question, turn.vote, turn.wrong], ["done", 3, "q", "up", [1]]);
  assert.deepEqual(turn.among, {});
  assert.deepEqual(turn.answer.notices.map(({ kind }) => kind), ["corrected", "gone"]);
});

test("of a refusal the closest sentences are cited", () => {
  const refusal = { statements: [], citations: [], closest: [cited(1)], writing: { note: "replaced" }, markdown: [] };
  assert.deepEqual(answered(refusal).citations, [cited(1)]);
  assert.equal(answered(refusal).note, "replaced");
});
