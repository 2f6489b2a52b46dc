// An article as it is shown: its paragraphs, in pieces, with the cited sentences marked, one of them most.

import { pieces } from "./markup.js";
import { indices, part } from "./text.js";

/** @typedef {import("../types.d.ts").Article} Article */
/** @typedef {import("../types.d.ts").Piece} Piece */
/** @typedef {[number, number]} Span */

const FULL_LINE = [50, 110]; // characters of a line that a program broke because it was full

/**
 * Where a cited sentence stands in an article now: null if nowhere. It has moved only if a whole sentence of the article
 * is the same, character for character; of several, it is the one nearest to the old place.
 * @param {Article} article
 * @param {{ start: number, end: number, sentence: string }} cited
 * @returns {{ span: Span, moved: boolean } | null}
 */
export const located = (article, { start, end, sentence }) => {
  if (part(article.text, [start, end]) === sentence) return { span: [start, end], moved: false };
  const same = article.sentences.filter((each) => each.sentence === sentence);
  if (!same.length) return null;
  const nearest = same.reduce((a, b) => (Math.abs(b.start - start) < Math.abs(a.start - start) ? b : a));
  return { span: [nearest.start, nearest.end], moved: true };
};

/**
 * The paragraphs of an article in pieces; none divides a sentence that is marked.
 * @param {Article} article
 * @param {Span | null} span of the sentence that is marked, in code points
 * @param {Span[]} others of the sentences that are marked less
 * @returns {{ wrapped: boolean, paragraphs: Piece[][] }}
 */
export const paragraphs = (article, span = null, others = []) => {
  const spans = [...(span ? [span] : []), ...others.filter(([start]) => start !== span?.[0])];
  // The lines before the body repeat the title and the date, which stand above the text anyway.
  const shown = spans.some(([start]) => start < article.body) ? 0 : article.body;
  const [from, ...edges] = indices(article.text, [shown, ...spans.flat()]);
  const text = article.text.slice(from);
  const marks = spans.map((_, n) => /** @type {Span} */ ([edges[2 * n] - from, edges[2 * n + 1] - from]));
  const lines = linesOf(text);
  const wrapped = isWrapped(lines);
  const made = blocks(lines, wrapped, marks).map(([a, b]) => {
    /** @type {[number, number, string][]} */
    const inside = marks.flatMap(([start, end], n) => (a <= start && end <= b ? [[start - a, end - a, span && n === 0 ? "mark" : "cited"]] : []));
    return pieces(text.slice(a, b), { spans: inside, markdown: article.markdown });
  });
  return { wrapped, paragraphs: made };
};

/**
 * Lines without the blanks at their ends: where each begins and ends; a blank line has no length.
 * @param {string} text
 * @returns {Span[]}
 */
const linesOf = (text) => {
  /** @type {Span[]} */
  const lines = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const begins = at + line.length - line.trimStart().length;
    lines.push([line.trim() ? begins : at, line.trim() ? at + line.trimEnd().length : at]);
    at += line.length + 1;
  }
  return lines;
};

/**
 * Lines that belong together: every line is a paragraph or, where lines are wrapped, those without a blank line between.
 * @param {Span[]} lines
 * @param {boolean} wrapped
 * @param {Span[]} marks
 */
const blocks = (lines, wrapped, marks) => {
  /** @type {Span[]} */
  const made = [];
  let isOpen = false;
  for (const [a, b] of lines) {
    const last = made.at(-1);
    if (a === b) isOpen = false;
    else if (last && ((wrapped && isOpen) || marks.some(([start, end]) => start < a && last[1] < end))) last[1] = b;
    else made.push([a, b]);
    if (a !== b) isOpen = true;
  }
  return made;
};

/**
 * Whether paragraphs are divided by blank lines, and their lines broken because they were full.
 * @param {Span[]} lines
 */
const isWrapped = (lines) => {
  const first = lines.findIndex(([a, b]) => a < b);
  const last = lines.findLastIndex(([a, b]) => a < b);
  const body = lines.slice(first, last + 1);
  if (first < 0 || !body.some(([a, b]) => a === b)) return false;
  const inner = body.filter(([a, b], n) => a < b && n + 1 < body.length && body[n + 1][0] < body[n + 1][1]);
  const full = inner.filter(([a, b]) => b - a >= FULL_LINE[0] && b - a < FULL_LINE[1]);
  return inner.length > 0 && full.length > inner.length / 2;
};

