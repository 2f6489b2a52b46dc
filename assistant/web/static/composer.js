// The box in which a question is typed: it grows with the text; Enter asks, Shift+Enter begins a line.

import { find, findButton } from "./dom.js";

/**
 * @param {{ ask: (question: string) => boolean, stop: () => void }} page `ask` says whether it was asked
 */
export const composer = ({ ask, stop }) => {
  const box = /** @type {HTMLTextAreaElement} */ (find(".dl-question"));
  const send = findButton(".dl-send");
  let isBusy = false;

  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };

  const submit = () => {
    if (isBusy || !box.value.trim() || !ask(box.value)) return;
    box.value = "";
    fit();
  };

  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  find(".dl-ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy) stop();
    else submit();
  });

  return {
    /** On a phone the keyboard would come up over the answer. */
    focus: () => {
      if (!matchMedia("(max-width: 899px)").matches) box.focus();
    },
    /** @param {boolean} now whether a question is on its way, which can be stopped */
    busy: (now) => {
      isBusy = now;
      send.textContent = now ? "Stop" : "Ask";
      send.classList.toggle("dl-stop", now);
    },
    /** @param {string} text to be changed by the user */
    edit: (text) => {
      box.value = text;
      fit();
      box.focus();
      box.setSelectionRange(text.length, text.length);
    },
    /** @param {string} text what is put there if the user has typed nothing since */
    restore: (text) => {
      if (!box.value) box.value = text;
      fit();
    },
  };
};
