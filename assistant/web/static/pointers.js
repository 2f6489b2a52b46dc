// Pointers to citations: the numbers behind what is said, and whatever else on the page stands for a citation.

import { make } from "./dom.js";
import { pieces } from "./markup.js";
import { indices, wireOf } from "./text.js";

/** @typedef {import("../types.d.ts").Citation} Citation */
/** @typedef {import("./turn.js").View} View */
/** @typedef {import("./turn.js").Actions} Actions */

/**
 * What each pointer stands for, with the sentence as it is shown.
 * @type {WeakMap<Element, Citation & { pieces: import("../types.d.ts").Piece[] }>}
 */
export const CITED = new WeakMap();

/** @param {View} view @param {Citation} citation */
export const isMarkdown = (view, citation) => view.turn.markdown.includes(citation.article_id);

/** @param {View} view @param {number} marker */
export const citationOf = (view, marker) => view.turn.citations.find((each) => each.marker === marker);

/**
 * What is told apart in the sentence of a citation: its dateline, and the days that it names as seen from its own.
 * @param {View} view @param {Citation} citation @returns {[number, number, string][]}
 */
export const spansOf = (view, { marker, sentence }) => {
  const days = view.turn.days[marker] ?? [];
  const places = indices(sentence, days.flatMap(([start, end]) => [start, end]));
  return [[0, wireOf(sentence), "wire"], ...days.map(([, , day], n) => /** @type {[number, number, string]} */ ([places[2 * n], places[2 * n + 1], `day-${day}`]))];
};

/** The sentence of a citation in pieces. @param {View} view @param {Citation} citation */
export const cited = (view, citation) => pieces(citation.sentence, { spans: spansOf(view, citation), markdown: isMarkdown(view, citation) });

/**
 * A button that opens a citation.
 * @param {View} view @param {Citation} citation @param {Actions} actions
 * @param {{ class: string, key: string, label: string }} how
 * @param {(Node | string | null)[]} children
 */
export const pointer = (view, citation, actions, how, ...children) => {
  const { marker } = citation;
  const attributes = {
    type: "button",
    class: how.class,
    "data-key": `${how.key}-${marker}`,
    "data-marker": String(marker),
    "aria-label": how.label,
    "aria-current": view.turn.current === marker ? "true" : null,
    on: { click: () => actions.cite(view, marker) },
  };
  const button = make("button", attributes, ...children);
  CITED.set(button, { ...citation, pieces: cited(view, citation) });
  return button;
};

/**
 * The numbers of citations. They never stand at the beginning of a line, apart from what they belong to.
 * @param {View} view @param {number[]} markers @param {Actions} actions
 */
export const cites = (view, markers, actions) =>
  markers.flatMap((marker) => {
    const citation = citationOf(view, marker);
    return citation ? ["\u00a0", cite(view, citation, actions)] : [];
  });

/** @param {View} view @param {Citation} citation @param {Actions} actions */
const cite = (view, citation, actions) => {
  const { marker, title } = citation;
  const how = { class: "dl-cite", key: "cite", label: `Citation ${marker}: ${title}` };
  // The brackets are there for who copies the text.
  const bracket = /** @param {string} text */ (text) => make("span", { class: "dl-bracket", text });
  return pointer(view, citation, actions, how, bracket("["), String(marker), bracket("]"));
};
