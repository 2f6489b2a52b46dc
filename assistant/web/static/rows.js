// An answer as rows: the day, the outlet, and what it says with its numbers.

import { make, written } from "./dom.js";
import { pieces } from "./markup.js";
import { citationOf, cites, isMarkdown, spansOf } from "./pointers.js";
import { dayOf, indices, outletOf, visible, wireOf } from "./text.js";

/** @typedef {import("../types.d.ts").Citation} Citation */
/** @typedef {import("../types.d.ts").Figure} Figure */
/** @typedef {import("../types.d.ts").Notice} Notice */
/** @typedef {import("../types.d.ts").Statement} Statement */
/** @typedef {import("./turn.js").View} View */
/** @typedef {import("./turn.js").Actions} Actions */

/**
 * One row: what is said, and of what is cited the day, the outlet and how it stands.
 * @typedef {object} Row
 * @property {Statement} statement
 * @property {Citation[]} cited
 * @property {string | null} day
 * @property {string} outlet
 * @property {string | null} reported the day of the article, where it is another
 */

/** @type {Record<string, string>} */
const STANDS = { latest: "Latest", disputed: "Disputed", withdrawn: "Withdrawn" };
/** @type {Record<string, string>} */
const NOTICES = {
  corrected: "Article corrected",
  withdrawn: "Article withdrawn",
  superseded: "Superseded",
  changed: "Changed since",
  gone: "Removed since",
};

/**
 * What a turn says, row by row: its statements, and the figures that none of them has.
 * @param {View} view @param {Actions} actions
 */
export const rows = (view, actions) => {
  const all = statementsOf(view).map((statement) => rowOf(view, statement));
  const isBare = all.every(({ day, outlet }) => !day && !outlet);
  const items = all.map((row, n) => item(view, row, all[n - 1] ?? null, actions));
  return make("ul", { class: `dl-rows${isBare ? " dl-bare" : ""}`, "aria-label": "Answer" }, ...items);
};

/** @param {View} view @returns {Statement[]} */
const statementsOf = ({ turn }) => {
  const cited = new Set(turn.statements.flatMap(({ citations }) => citations));
  const others = new Set((turn.answer?.figures ?? []).map((figure) => figure.citation).filter((marker) => !cited.has(marker)));
  const left = turn.citations.filter(({ marker }) => others.has(marker));
  return [...turn.statements, ...left.map(({ sentence, marker }) => ({ text: sentence, citations: [marker], span: null, verbatim: true }))];
};

/** @param {View} view @param {Statement} statement @returns {Row} */
const rowOf = (view, statement) => {
  const cited = statement.citations.flatMap((marker) => citationOf(view, marker) ?? []);
  const outlets = new Set(cited.map(({ source }) => outletOf(source)).filter(Boolean));
  const date = cited[0]?.date ?? null;
  const day = statement.day ?? date;
  return { statement, cited, day, outlet: [...outlets].join(", "), reported: date === day ? null : date };
};

/** @param {View} view @param {Row} row @param {Row | null} before @param {Actions} actions */
const item = (view, { statement, cited, day, outlet, reported }, before, actions) => {
  const isSameDay = before?.day === day;
  const isSame = isSameDay && before?.outlet === outlet && before.reported === reported;
  const { answer } = view.turn;
  const figures = (answer?.figures ?? []).filter((figure) => statement.citations.includes(figure.citation));
  const notices = (answer?.notices ?? []).filter((notice) => statement.citations.includes(notice.citation));
  const badges = badgesOf(figures, notices, answer?.figures.length ?? 0);
  const origin = [
    day ? make("time", { class: isSameDay ? "dl-day dl-again-said" : "dl-day", datetime: day, text: dayOf(day) }) : null,
    outlet ? make("span", { class: isSame ? "dl-outlet dl-again-said" : "dl-outlet", text: outlet }) : null,
    reported ? make("span", { class: isSame ? "dl-outlet dl-again-said" : "dl-outlet", text: `reported ${dayOf(reported)}` }) : null,
    ...badges.map(([kind, text]) => make("span", { class: "dl-badge", "data-badge": kind, text })),
  ];
  return make(
    "li",
    { class: "dl-row", "data-day": isSameDay ? "same" : "new", "data-standing": figures[0]?.standing },
    make("div", { class: "dl-when" }, ...origin),
    make("div", { class: "dl-what" }, said(view, statement, cited, figures, actions), ...notices.map((notice) => told(notice, actions))),
  );
};

/** @param {View} view @param {Statement} statement @param {Citation[]} cited @param {Figure[]} figures @param {Actions} actions */
const said = (view, { text, span, citations, verbatim }, cited, figures, actions) => {
  const markdown = !verbatim || cited.some((citation) => isMarkdown(view, citation));
  /** @type {[number, number, string][]} */
  const spans = verbatim && cited.length ? spansOf(view, cited[0]) : [];
  if (span) {
    const [start, end] = indices(text, span);
    spans.push([start, end, "short"]);
  }
  for (const figure of figures.filter(({ standing }) => standing === "withdrawn")) {
    const at = text.indexOf(figure.text);
    if (at >= 0) spans.push([at, at + figure.text.length, "void"]);
  }
  const shown = make("span", { class: "dl-said" }, ...written(pieces(text, { spans, markdown })));
  return make("p", { class: "dl-statement", dir: "auto" }, shown, ...cites(view, citations, actions));
};

/**
 * How what is cited stands, in a word or two each.
 * @param {Figure[]} figures of the row @param {Notice[]} notices of the row @param {number} count of figures in the answer
 * @returns {[string, string][]}
 */
const badgesOf = (figures, notices, count) => {
  const kinds = new Set(notices.map(({ kind }) => kind));
  const standing = count > 1 ? figures[0]?.standing : undefined;
  if (standing === "withdrawn") return [["withdrawn", kinds.has("corrected") ? "Corrected" : "Withdrawn"]];
  /** @type {[string, string][]} */
  const badges = standing && standing in STANDS ? [[standing, STANDS[standing]]] : [];
  return [...badges, ...[...kinds].map((kind) => /** @type {[string, string]} */ ([kind, NOTICES[kind] ?? kind]))];
};

/**
 * What a notice says, and the way to the article that says it.
 * @param {Notice} notice @param {Actions} actions
 */
const told = ({ kind, text, article_id: id }, actions) => {
  if (kind === "changed" || kind === "gone") return make("p", { class: "dl-told", text });
  const read = { type: "button", class: "dl-text-button", text: "Read it", on: { click: () => actions.read(id) } };
  const lead = kind === "superseded" ? "A later report: " : kind === "withdrawn" ? "The withdrawal: " : "The correction: ";
  const quote = make("q", { dir: "auto", text: visible(text.slice(wireOf(text))) });
  return make("p", { class: "dl-told" }, make("span", { text: lead }), quote, " ", make("button", read));
};
