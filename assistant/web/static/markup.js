// Text in pieces that are shown one after the other: what is marked, and what the marks of Markdown mean.
//
// Nothing is left out and nothing is added: the pieces together are the text. A mark of Markdown, such as `**`, is a
// piece that is not shown; what stands between two of them is a piece with a style. Offsets are indices of the string.

/** @typedef {[number, number, string]} Styled a span with its style */
/** @typedef {import("../types.d.ts").Piece} Piece */

// An opening mark follows no word and no other mark, and is followed by no space; a closing one the other way round.
const OPENING = /(?<![\p{L}\p{M}\p{N}_*\\])(\*\*|__|\*|_)(?=[^\s*_])/gu;
const CLOSING = /(?<=[^\s*_\\])(\*\*|__|\*|_)(?![\p{L}\p{M}\p{N}_*])/gu;
const CODE = /(?<![`\\])`([^`\n]+)`(?!`)/g;
const LABEL = /!?\[([^[\]\n]+)\]\(/g;
const HEADING = /^#{1,6}[ \t]+/gm;
const ESCAPE = /\\(?=[!-/:-@[-`{-~])/g;
/** @type {Record<string, string>} */
const STYLES = { "**": "strong", __: "strong", "*": "em", _: "em" };

/**
 * The pieces of a text.
 * @param {string} text
 * @param {{ spans?: Styled[], markdown?: boolean }} [how] what is marked and how, and whether the text is Markdown
 * @returns {Piece[]}
 */
export const pieces = (text, { spans = [], markdown = false } = {}) => styled(text, markdown ? [...marks(text), ...spans] : spans);

/**
 * The pieces of a text with these spans.
 * @param {string} text
 * @param {Styled[]} spans
 * @returns {Piece[]}
 */
export const styled = (text, spans) => {
  const changes = new Map([[0, /** @type {[string, number][]} */ ([])], [text.length, []]]);
  /** @param {number} at */
  const changed = (at) => changes.get(at) ?? changes.set(at, []).get(at) ?? [];
  for (const [start, end, style] of spans) {
    if (start >= end) continue;
    changed(start).push([style, 1]);
    changed(end).push([style, -1]);
  }
  /** @type {Piece[]} */
  const shown = [];
  /** @type {Map<string, number>} */
  const active = new Map();
  const edges = [...changes.keys()].toSorted((a, b) => a - b);
  for (const [n, at] of edges.slice(0, -1).entries()) {
    for (const [style, change] of changed(at)) active.set(style, (active.get(style) ?? 0) + change);
    const styles = [...active].filter(([, count]) => count > 0).map(([style]) => style).toSorted();
    const piece = { text: text.slice(at, edges[n + 1]), styles };
    const last = shown.at(-1);
    if (last && last.styles.join() === styles.join()) last.text += piece.text;
    else shown.push(piece);
  }
  return shown;
};

/**
 * The spans of a Markdown text that have a style (`strong`, `em`, `code`), and of the marks that say so (`unseen`).
 * Emphasis, links and escapes that overlap code are none.
 * @param {string} text
 */
const marks = (text) => {
  /** @type {Styled[]} */
  const found = [];
  for (const heading of text.matchAll(HEADING)) found.push([heading.index, heading.index + heading[0].length, "unseen"]);
  const code = [...text.matchAll(CODE)].map((match) => [match.index, match.index + match[0].length]);
  for (const [a, b] of code) found.push([a, a + 1, "unseen"], [a + 1, b - 1, "code"], [b - 1, b, "unseen"]);
  const inCode = cover(text.length, code);
  /** @param {number} a @param {number} b */
  const isFree = (a, b) => inCode[b] === inCode[a];
  for (const { start, end, inner, style, outermost } of emphasis(text)) {
    if (!isFree(...outermost)) continue;
    found.push([start, inner[0], "unseen"], [inner[0], inner[1], style], [inner[1], end, "unseen"]);
  }
  for (const { start, end, inner } of links(text)) {
    if (isFree(start, end)) found.push([start, inner[0], "unseen"], [inner[1], end, "unseen"]);
  }
  for (const { index } of text.matchAll(ESCAPE)) if (isFree(index, index + 1)) found.push([index, index + 1, "unseen"]);
  return found;
};

/**
 * How many characters before each place are covered by spans.
 * @param {number} length
 * @param {number[][]} spans in order, apart
 */
const cover = (length, spans) => {
  const counts = new Uint32Array(length + 1);
  for (const [a, b] of spans) for (let at = a; at < b; at += 1) counts[at + 1] = 1;
  for (let at = 1; at <= length; at += 1) counts[at] += counts[at - 1];
  return counts;
};

/**
 * What is emphasised, in the order in which it begins: each from an opening mark to the next such closing one.
 * @param {string} text
 */
const emphasis = (text) => {
  /** @type {Record<string, number[]>} */
  const closing = { "**": [], __: [], "*": [], _: [] };
  for (const match of text.matchAll(CLOSING)) closing[match[1]].push(match.index);
  /** @type {Record<string, number>} */
  const next = { "**": 0, __: 0, "*": 0, _: 0 };
  /** @type {{ start: number, end: number, inner: [number, number], style: string, outermost: [number, number] }[]} */
  const found = [];
  /** @type {typeof found} */
  const within = []; // what is open where the next one begins
  let resume = 0;
  for (const match of text.matchAll(OPENING)) {
    const mark = match[1];
    while (within.length && match.index >= within[within.length - 1].inner[1]) resume = within.pop()?.end ?? 0;
    if (match.index < resume) continue; // it closed something
    const from = match.index + mark.length;
    const places = closing[mark];
    while (next[mark] < places.length && places[next[mark]] < from) next[mark] += 1;
    const to = places[next[mark]];
    const around = within.at(-1);
    if (to === undefined || (around && to >= around.inner[1])) continue;
    const end = to + mark.length;
    const outermost = around ? around.outermost : /** @type {[number, number]} */ ([match.index, end]);
    const made = { start: match.index, end, inner: /** @type {[number, number]} */ ([from, to]), style: STYLES[mark], outermost };
    found.push(made);
    within.push(made);
  }
  return found;
};

/**
 * Links, with what of each is read: `[label](address)`, where an address has no space and at most one pair of
 * parentheses within another. By hand, as a pattern that had to give up would look at a long address again and again.
 * @param {string} text
 */
const links = (text) => {
  /** @type {{ start: number, end: number, inner: [number, number] }[]} */
  const found = [];
  let resume = 0;
  for (const label of text.matchAll(LABEL)) {
    if (label.index < resume) continue;
    const from = label.index + label[0].length;
    let at = from;
    let depth = 0;
    while (at < text.length && !/\s/.test(text[at]) && !(text[at] === ")" && depth === 0) && !(text[at] === "(" && depth === 1)) {
      depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
      at += 1;
    }
    resume = at; // an address that is none is not looked at again
    if (text[at] !== ")" || depth !== 0) continue;
    const start = label.index + label[0].indexOf("[") + 1;
    found.push({ start: label.index, end: at + 1, inner: [start, start + label[1].length] });
  }
  return found;
};
