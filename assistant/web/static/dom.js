// Making elements. Text only ever enters the page through `textContent`: no text of an article, a model or a user is
// markup.

import { dayOf, visible } from "./text.js";

/** @typedef {Record<string, (event: any) => void>} Listeners by the name of the event */
/** @typedef {string | number | boolean | null | undefined} Value */

/**
 * An element with these attributes: `text` is what it says, `on` its listeners; null, undefined and false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ text?: string, on?: Listeners } & Record<string, any>} [given]
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, given = {}, ...children) => {
  const { text, on, ...attributes } = given;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    const isShown = name === "title" || name === "aria-label";
    made.setAttribute(name, value === true ? "" : isShown ? visible(value) : value);
  }
  if (text !== undefined) made.textContent = visible(text);
  for (const [event, listener] of Object.entries(on ?? {})) made.addEventListener(event, listener);
  made.append(...present(children));
  return made;
};

/**
 * @template T
 * @param {(T | null | undefined)[]} children
 * @returns {T[]}
 */
const present = (children) => /** @type {T[]} */ (children.filter((child) => child !== null && child !== undefined));

/**
 * The element of the page that has this selector: it must be there.
 * @param {string} selector
 * @returns {HTMLElement}
 */
export const find = (selector) => {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
};

/** @param {string} selector */
export const findField = (selector) => /** @type {HTMLInputElement} */ (find(selector));

/** @param {string} selector */
export const findButton = (selector) => /** @type {HTMLButtonElement} */ (find(selector));

/**
 * A shape of a drawing, which is none for who does not see it.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {Node[]} children
 */
export const shape = (tag, attributes, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/** @param {string} name of a symbol in page.html */
export const icon = (name) => shape("svg", { "aria-hidden": "true" }, shape("use", { href: `#dl-i-${name}` }));

/**
 * @param {string} name of the icon
 * @param {string} label
 * @param {Listeners} on
 * @param {Record<string, Value>} [more]
 */
export const iconButton = (name, label, on, more = {}) =>
  make("button", { type: "button", class: "dl-icon-button", "aria-label": label, title: label, on, ...more }, icon(name));

/**
 * Puts a text into the clipboard, or throws. Over plain HTTP, but from this machine, a page has only the old way.
 * @param {string} text
 */
export const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const field = make("textarea", { readonly: true, class: "dl-unseen" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!done) throw new Error("nothing was copied");
};

/** @type {Record<string, keyof HTMLElementTagNameMap>} */
const TAGS = { mark: "mark", short: "strong", void: "s", code: "code", strong: "strong", em: "em", unseen: "span" };

/**
 * The pieces of a text (see markup.js), one element for each; together their `textContent` is the text.
 * @param {import("../types.d.ts").Piece[]} pieces
 */
export const written = (pieces) =>
  pieces.map(({ text, styles }) => {
    const tag = Object.keys(TAGS).find((style) => styles.includes(style));
    const day = styles.find((style) => style.startsWith("day-"));
    const names = styles.map((style) => `dl-as-${style === day ? "day" : style}`).join(" ");
    const meant = day && dayOf(day.slice(4));
    return make(tag ? TAGS[tag] : "span", { text, class: names || undefined, title: meant, "data-day": meant });
  });

/**
 * Puts fresh children into an element, and the focus back on what had it before, known by its `data-key`.
 * @param {HTMLElement} element
 * @param {(Node | string | null | undefined)[]} children
 */
export const refill = (element, ...children) => {
  const focused = element.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  element.replaceChildren(...present(children));
  const key = focused?.dataset.key;
  const again = key === undefined ? null : element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
};
