// What the page says beside its answers: to who does not see it, in a toast, and that the server is lost.

import { Lost, api } from "./api.js";
import { find, make } from "./dom.js";

const TOAST = 8_000; // ms
const AGAIN = 2_000; // ms between two looks at whether the server is back

/**
 * Has a screen reader say it.
 * @param {string} text
 */
export const announce = (text) => {
  const live = find(".dl-live");
  live.textContent = live.textContent === text ? `${text} ` : text; // the same again is news too
};

/** @param {string} text */
export const toast = (text) => {
  document.querySelector(".dl-toast")?.remove();
  const said = make("p", { class: "dl-toast", text });
  find(".dl").append(said);
  announce(text);
  setTimeout(() => said.remove(), TOAST);
};

/**
 * Shows what went wrong. That the server is lost is said once, until it is back.
 * @param {unknown} error
 */
export const fail = (error) => {
  if (error instanceof Lost) lost();
  else toast(error instanceof Error ? error.message : String(error));
};

const line = () => find(".dl-lost");

/** Says that the server is lost, and looks until it is back. */
export const lost = () => {
  if (!line().hidden) return;
  line().hidden = false;
  announce(line().textContent ?? "");
  const look = async () => {
    if (!(await api.isThere())) return void setTimeout(look, AGAIN);
    line().hidden = true;
    announce("The server is back.");
    document.dispatchEvent(new Event("dateline-back"));
  };
  setTimeout(look, AGAIN);
};
