// Making elements. Text only ever enters the page through `textContent`: no text of an article, a model or a user is
// markup.

// What would turn the reading direction, hide, or be obeyed somewhere is spelled out, as the command line does
// (visible.py): else a number could be read in another order than it stands in the article.
const HIDDEN =
  /(?!\r\n|[\n\t])[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

const spelled = (character) => {
  if (character === "\r") return "\\r";
  const code = character.codePointAt(0);
  const [mark, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return `\\${mark}${code.toString(16).padStart(digits, "0")}`;
};

export const visible = (text) => String(text).replace(HIDDEN, spelled);

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
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

export const icon = (name) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", "#dl-i-" + name);
  svg.append(use);
  return svg;
};

export const iconButton = (name, label, on, more = {}) =>
  make("button", { type: "button", class: "dl-icon-button", "aria-label": label, title: label, on, ...more }, icon(name));

// Puts a text into the clipboard, or throws. Over plain HTTP, but from this machine, a page has only the old way.
export const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const field = make("textarea", { readonly: true });
  field.value = text;
  field.style.position = "fixed"; // or else the page would scroll to it
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  if (!done) throw new Error("nothing was copied");
};

const TAGS = { mark: "mark", short: "strong", strong: "strong", em: "em", code: "code", unseen: "span" };

// The pieces of a text (see inline.py), one element for each; together their `textContent` is the text.
export const written = (pieces) =>
  pieces.map(({ text, styles }) => {
    const tag = TAGS[["mark", "short", "code", "strong", "em", "unseen"].find((style) => styles.includes(style))] ?? "span";
    return make(tag, { text, class: styles.map((style) => "dl-as-" + style).join(" ") || undefined });
  });

export const textOf = (pieces) => visible(pieces.map((piece) => piece.text).join(""));

// Puts fresh children into an element, and the focus back on what had it before, known by its `data-key`.
export const refill = (element, ...children) => {
  const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  if (key) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
};

export const originOf = ({ source, date }) => [source, date].filter(Boolean).join(" · ");
