// Citations: the card that a pointer or the focus brings up, and the arrow keys that go from one to the next.

import { make, originOf, written } from "./dom.js";

const GAP = 8;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export const citations = (root) => {
  const card = root.querySelector(".dl-card");
  let shown = null;

  const hide = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  };

  const show = (button) => {
    if (shown === button) return;
    hide();
    const { citation } = button;
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

  root.addEventListener("pointerover", ({ target, pointerType }) => {
    const button = target.closest(".dl-cite");
    if (button && pointerType !== "touch") show(button);
    else if (!target.closest(".dl-card") && shown !== document.activeElement) hide();
  });
  root.addEventListener("focusin", ({ target }) => (target.matches(".dl-cite:focus-visible") ? show(target) : hide()));
  root.addEventListener("focusout", hide);
  root.addEventListener("scroll", hide, true);
  root.addEventListener("click", hide);
  root.addEventListener("keydown", (event) => {
    if (!event.target.matches(".dl-cite") || !(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = [...root.querySelectorAll(".dl-cite")];
    const step = STEPS[event.key] * (event.key.endsWith("t") && getComputedStyle(root).direction === "rtl" ? -1 : 1);
    all[all.indexOf(event.target) + step]?.focus();
  });
  return { hide, isShown: () => !card.hidden };
};

// Below the number if there is room, as the answer stands above it, and never beyond the window's edge.
const place = (card, button) => {
  const at = button.getBoundingClientRect();
  const below = at.bottom + GAP;
  card.style.top = `${below + card.offsetHeight + GAP <= innerHeight ? below : Math.max(GAP, at.top - GAP - card.offsetHeight)}px`;
  card.style.left = `${Math.max(GAP, Math.min(at.left - 24, innerWidth - card.offsetWidth - GAP))}px`;
};
