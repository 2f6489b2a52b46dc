// A question that must be answered before anything is lost, and menus.

import { find, make } from "./dom.js";

/**
 * Whether the user wants it.
 * @param {string} title @param {string} text @param {string} action
 * @returns {Promise<boolean>}
 */
export const confirmed = (title, text, action) =>
  new Promise((resolve) => {
    const dialog = make(
      "dialog",
      { class: "dl-dialog dl-confirm", "aria-label": title },
      make("h2", { text: title, dir: "auto" }),
      make("p", { text }),
      make(
        "div",
        { class: "dl-confirm-tools" },
        make("button", { type: "button", class: "dl-button", text: "Cancel", on: { click: () => dialog.close() } }),
        make("button", { type: "button", class: "dl-button dl-danger", text: action, on: { click: () => dialog.close("yes") } }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    find(".dl").append(dialog);
    dialog.showModal();
  });

/**
 * Makes a button open a menu: arrows, Home, End, Escape as everywhere.
 * @param {HTMLElement} button
 * @param {[string, string][]} entries what is chosen, and how it is called
 * @param {(key: string) => void} choose
 */
export const menu = (button, entries, choose) => {
  /** @type {HTMLElement | null} */
  let opened = null;
  const close = ({ back = true } = {}) => {
    const closing = opened;
    opened = null; // before it goes, as the focus leaves it with that
    button.setAttribute("aria-expanded", "false");
    closing?.remove();
    if (back) button.focus();
  };
  button.addEventListener("click", () => {
    if (opened) return close();
    const items = entries.map(([key, label]) =>
      make("button", { type: "button", role: "menuitem", tabindex: -1, text: label, on: { click: () => (close(), choose(key)) } }),
    );
    const label = button.getAttribute("aria-label");
    // In the top layer, so that nothing cuts it off.
    opened = make("div", { class: "dl-menu-list", role: "menu", popover: "manual", "aria-label": label }, ...items);
    opened.addEventListener("keydown", (event) => {
      const at = items.findIndex((item) => item === document.activeElement);
      /** @type {Record<string, number>} */
      const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
      const next = steps[event.key];
      if (next !== undefined) items.at(next % items.length)?.focus();
      if (event.key === "Escape") close();
      if (next !== undefined || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    opened.addEventListener("focusout", ({ relatedTarget }) => {
      if (opened && !opened.contains(/** @type {Node} */ (relatedTarget)) && relatedTarget !== button) close({ back: false });
    });
    button.after(opened);
    opened.showPopover();
    place(opened, button);
    button.setAttribute("aria-expanded", "true");
    items[0].focus();
  });
};

const GAP = 4; // pixels

/** Below a button, or above where there is no room, and in line with its end. @param {HTMLElement} list @param {HTMLElement} button */
const place = (list, button) => {
  const [at, size] = [button.getBoundingClientRect(), list.getBoundingClientRect()];
  const isBelow = at.bottom + GAP + size.height <= innerHeight || at.top < size.height;
  list.style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - size.height}px`;
  list.style.left = `${Math.max(GAP, Math.min(at.right - size.width, innerWidth - size.width - GAP))}px`;
};
