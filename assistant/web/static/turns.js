// From what the API says of a turn to what the page draws of it.

/** @typedef {import("../types.d.ts").Answer} Answer */
/** @typedef {import("../types.d.ts").KeptTurn} KeptTurn */
/** @typedef {import("../types.d.ts").Statement} Statement */
/** @typedef {import("../types.d.ts").Turn} Turn */

/**
 * A turn to which a verified statement has come.
 * @param {Turn} turn @param {Statement & { sources: import("../types.d.ts").Citation[], markdown: string[], days: import("../types.d.ts").Days }} statement
 */
export const withStatement = (turn, { sources, markdown, days, ...statement }) => ({
  state: /** @type {"writing"} */ ("writing"),
  statements: [...turn.statements, statement],
  citations: [...turn.citations, ...sources.filter((each) => turn.citations.every(({ marker }) => marker !== each.marker))],
  markdown: [...turn.markdown, ...markdown],
  days: { ...turn.days, ...days },
});

/**
 * A turn that has its answer.
 * @param {Answer & { markdown: string[], days: import("../types.d.ts").Days }} answer
 */
export const answered = ({ markdown, days, ...answer }) => ({
  state: /** @type {"done"} */ ("done"),
  answer,
  markdown,
  days,
  statements: answer.statements,
  citations: [...answer.citations, ...answer.closest],
  note: answer.writing?.note ?? null,
});

/**
 * A turn of a conversation that is kept.
 * @param {KeptTurn} kept
 * @returns {Partial<Turn>}
 */
export const shownOf = ({ turn, among, answer, since, feedback, markdown, days }) => ({
  ...answered({ ...answer, notices: [...answer.notices, ...since], markdown, days }),
  question: answer.question,
  number: turn,
  among: { ...among, ...asOf(answer) },
  vote: feedback.flatMap(({ kind }) => (kind === "wrong_citation" ? [] : [kind]))[0] ?? null,
  wrong: feedback.flatMap(({ kind, marker }) => (kind === "wrong_citation" && marker !== null ? [marker] : [])),
});

/** The day as of which a kept answer was given: its period says so. @param {Answer} answer */
const asOf = ({ period }) => (period?.basis === "published" && period.from === null && period.to ? { as_of: period.to } : {});
