// Text: offsets in code points, as the API counts them, and characters that hide or would be obeyed.

// What would turn the reading direction, hide, or be obeyed somewhere is spelled out, as the command line does
// (visible.py): else a number could be read in another order than it stands in the article.
const HIDDEN =
  /(?!\r\n|[\n\t])[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

/** @param {string} character */
const spelled = (character) => {
  if (character === "\r") return "\\r";
  const code = character.codePointAt(0) ?? 0;
  const [mark, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return `\\${mark}${code.toString(16).padStart(Number(digits), "0")}`;
};

/**
 * The text with what hides spelled out.
 * @param {unknown} text
 */
export const visible = (text) => String(text).replace(HIDDEN, spelled);

/**
 * Where code points stand in a string: the index in it of each of these offsets, which need no order.
 * @param {string} text
 * @param {number[]} offsets
 */
export const indices = (text, offsets) => {
  const wanted = [...new Set(offsets)].toSorted((a, b) => a - b);
  /** @type {Map<number, number>} */
  const found = new Map();
  let index = 0;
  let count = 0;
  for (const offset of wanted) {
    while (count < offset && index < text.length) {
      index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
      count += 1;
    }
    found.set(offset, index);
  }
  return offsets.map((offset) => found.get(offset) ?? text.length);
};

/**
 * A part of a text, by offsets in code points.
 * @param {string} text
 * @param {[number, number]} span
 */
export const part = (text, span) => {
  const [start, end] = indices(text, span);
  return text.slice(start, end);
};

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/**
 * A day in the one form that days have on the page, which no line divides: `13 March 2031`. What is no day stays as it is.
 * @param {string} date
 */
export const dayOf = (date) => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name ? `${Number(day)}\u00a0${name}\u00a0${year}` : date;
};

/**
 * The name of an outlet, in one line; empty where nobody knows it.
 * @param {string | null | undefined} source
 */
export const outletOf = (source) => source?.replace(/\s+/g, " ").trim() ?? "";

/**
 * Where an article comes from, in one line: `The Post · 2 June 2024`.
 * @param {{ source?: string | null, date?: string | null }} article
 */
export const originOf = ({ source, date }) => [outletOf(source), date && dayOf(date)].filter(Boolean).join(" · ");

// "VARNHOLT, Torvenia (CWN) - ": with what an agency's report begins.
const WIRE = /^\p{Lu}[\p{Lu}\p{M}’'.\- ]{1,40}(?:, [\p{L}. ]{2,30})?(?: \([\p{L} ]{2,30}\))? [-–—] /u;

/**
 * How many characters of a sentence are its dateline, which says where it was written.
 * @param {string} sentence
 */
export const wireOf = (sentence) => WIRE.exec(sentence)?.[0].length ?? 0;

/** @param {string} text */
export const capitalised = (text) => text.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
