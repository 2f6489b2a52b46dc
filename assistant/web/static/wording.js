// What is said of an answer beside its statements, in the words of the terminal and the exports (wording.py).

import { dayOf, originOf, visible } from "./text.js";

/** @typedef {import("../types.d.ts").Answer} Answer */
/** @typedef {import("../types.d.ts").Among} Among */
/** @typedef {import("../types.d.ts").Turn} Turn */

export const CLOSEST = "The closest sentences, which may not answer it";
const TENTATIVE = "This may answer it:";
const MANY = 2; // articles that are named one by one
const REFUSAL = "The articles do not say.";

/**
 * What the page draws of a turn, which looks as sure as it is.
 * @param {Turn} turn
 */
export const kindOf = ({ state, answer }) => {
  if (!answer || state !== "done") return state;
  if (answer.reason?.kind === "courtesy") return "courtesy";
  if (answer.status === "not_in_corpus") return "refusal";
  return answer.tentative ? "tentative" : "answer";
};

/**
 * The line before what an answer shows: why it is a refusal, or that it only may answer; null where it is sure.
 * @param {Answer | null} answer
 */
export const verdict = (answer) => {
  if (!answer) return null;
  if (answer.status === "answered") return answer.tentative ? TENTATIVE : null;
  return answer.reason?.text ?? REFUSAL;
};

/**
 * How a question was taken that was not read by itself: in words, and the other question that they name.
 * @param {Answer | null} answer
 * @returns {[string, string] | null}
 */
export const readAs = (answer) => {
  if (!answer) return null;
  if (answer.follow_up_to !== null) return ["Read as a follow-up to", answer.follow_up_to];
  /** @param {string} text */
  const words = (text) => text.trim().split(/\s+/).join(" ");
  return words(answer.standalone_question) === words(answer.question) ? null : ["Asked as", answer.standalone_question];
};

/**
 * Which articles a question was asked of, in words; empty where it was all.
 * @param {Among} among
 */
export const scopeOf = ({ titles = [], source, since, until, as_of }) =>
  [
    ...(titles.length > MANY ? [`${titles.length} articles`] : titles.map((title) => `“${title}”`)),
    source,
    since && `from ${dayOf(since)}`,
    until && `to ${dayOf(until)}`,
    as_of && `as of ${dayOf(as_of)}`,
  ]
    .filter(Boolean)
    .join(", ");

/**
 * An answer as text, with its sources: what is copied.
 * @param {Turn} turn
 */
export const plain = ({ question, answer, citations }) => {
  if (!answer) return question;
  const cited = citations.map(
    (each) => `[${each.marker}] ${[each.title, originOf(each), each.url].filter(Boolean).join(" · ")}\n    ${visible(each.sentence)}`,
  );
  const said = answer.statements.map((each) => `${visible(each.text)} ${each.citations.map((marker) => `[${marker}]`).join("")}`);
  const closest = answer.status === "not_in_corpus" && cited.length ? [`${CLOSEST}:`] : [];
  return [question, [verdict(answer), ...said, ...closest].filter(Boolean).join(" "), cited.join("\n")].filter(Boolean).join("\n\n");
};

/**
 * What is read to who does not see the page, once a turn has ended.
 * @param {Turn} turn
 */
export const spoken = (turn) => {
  if (turn.state === "failed" || turn.state === "lost") return turn.error ?? "";
  if (turn.state === "stopped" || !turn.answer) return "Stopped.";
  const count = turn.citations.length;
  const line = verdict(turn.answer);
  if (turn.answer.status === "not_in_corpus") {
    return count ? `${line} ${count} close ${count === 1 ? "sentence follows" : "sentences follow"}.` : line ?? "";
  }
  const said = turn.answer.statements.map((each) => visible(each.text)).join(" ");
  return `${line ?? "Answer:"} ${said} ${count} ${count === 1 ? "citation" : "citations"}.`;
};
