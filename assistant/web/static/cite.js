// Citations: the card that a pointer or the focus brings up, and the arrow keys that go from one to the next.

import { find, make, written } from "./dom.js";
import { CITED } from "./pointers.js";
import { originOf } from "./text.js";

const GAP = 8;
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export const citationCard = () => {
  const root = find(".dl");
  const card = find(".dl-card");
  /** @type {HTMLElement | null} */
  let shown = null;

  const hide = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  };

  /** @param {HTMLElement} button */
  const show = (button) => {
    const citation = CITED.get(button);
    if (shown === button || !citation) return;
    hide();
    card.replaceChildren(
      make("p", { class: "dl-card-said", dir: "auto" }, ...written(citation.pieces)),
      make("p", { class: "dl-card-title", dir: "auto", text: citation.title }),
      ...(originOf(citation) ? [make("p", { class: "dl-origin", text: originOf(citation) })] : []),
    );
    card.hidden = false;
    button.setAttribute("aria-describedby", card.id);
    shown = button;
    place(card, button);
  };

  /** @param {Event} event @param {string} selector @returns {HTMLElement | null} */
  const within = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

  root.addEventListener("pointerover", (event) => {
    const button = within(event, "[data-marker]");
    if (button && event.pointerType !== "touch") show(button);
    else if (!within(event, ".dl-card") && shown !== document.activeElement) hide();
  });
  root.addEventListener("focusin", (event) => {
    const button = within(event, "[data-marker]:focus-visible");
    if (button) show(button);
    else hide();
  });
  root.addEventListener("focusout", hide);
  root.addEventListener("scroll", hide, true);
  root.addEventListener("click", hide);
  root.addEventListener("keydown", (event) => {
    const button = within(event, "[data-marker]");
    if (!button || !(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-marker]")]);
    const step = STEPS[event.key] * (event.key.endsWith("t") && getComputedStyle(root).direction === "rtl" ? -1 : 1);
    all[all.indexOf(button) + step]?.focus();
  });
  return { hide, isShown: () => !card.hidden };
};

/**
 * Below the number if there is room, as the answer stands above it, and never beyond the window's edge.
 * @param {HTMLElement} card @param {HTMLElement} button
 */
const place = (card, button) => {
  const at = button.getBoundingClientRect();
  const below = at.bottom + GAP;
  card.style.top = `${below + card.offsetHeight + GAP <= innerHeight ? below : Math.max(GAP, at.top - GAP - card.offsetHeight)}px`;
  card.style.left = `${Math.max(GAP, Math.min(at.left - 24, innerWidth - card.offsetWidth - GAP))}px`;
};
