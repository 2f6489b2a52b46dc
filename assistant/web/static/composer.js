// The box in which a question is typed: it grows with the text; Enter asks, Shift+Enter begins a line, and the arrows
// bring back what was asked before.

import { find, findButton } from "./dom.js";
import { recall, remember } from "./remember.js";

const ASKED = "dateline-asked";
const KEPT = 50; // questions
const tab = () => sessionStorage;

/**
 * @param {{ ask: (question: string) => boolean, stop: () => void }} page `ask` says whether it was asked
 */
export const composer = ({ ask, stop }) => {
  const box = /** @type {HTMLTextAreaElement} */ (find(".dl-question"));
  const send = findButton(".dl-send");
  let isBusy = false;
  /** @type {string[]} */
  const asked = JSON.parse(recall(tab, ASKED) ?? "[]");
  let at = asked.length; // which of them is in the box; the one after the last is what is being typed
  let draft = "";

  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
    send.disabled = !isBusy && !box.value.trim();
  };

  /** @param {string} text */
  const put = (text) => {
    box.value = text;
    fit();
    box.setSelectionRange(text.length, text.length);
  };

  const submit = () => {
    const question = box.value;
    if (isBusy || !question.trim() || !ask(question)) return;
    if (asked.at(-1) !== question) asked.push(question);
    asked.splice(0, asked.length - KEPT);
    remember(tab, ASKED, JSON.stringify(asked));
    at = asked.length;
    put("");
  };

  /** @param {number} to */
  const recallAsked = (to) => {
    if (to < 0 || to > asked.length) return false;
    if (at === asked.length) draft = box.value;
    at = to;
    put(asked[to] ?? draft);
    return true;
  };

  /** Whether an arrow would leave the text, rather than move in it. @param {"ArrowUp" | "ArrowDown"} key */
  const leaves = (key) => {
    const [before, after] = [box.value.slice(0, box.selectionStart), box.value.slice(box.selectionEnd)];
    return box.selectionStart === box.selectionEnd && !(key === "ArrowUp" ? before : after).includes("\n");
  };

  box.addEventListener("input", () => {
    at = asked.length;
    fit();
  });
  box.addEventListener("keydown", (event) => {
    const { key, isComposing } = event;
    if (isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "Enter") {
      event.preventDefault();
      submit();
    }
    if ((key === "ArrowUp" || key === "ArrowDown") && leaves(key) && recallAsked(at + (key === "ArrowUp" ? -1 : 1))) event.preventDefault();
    if (key === "Escape" && at < asked.length) {
      event.preventDefault(); // what was being typed is there again
      recallAsked(asked.length);
    }
  });
  find(".dl-ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy) stop();
    else submit();
  });
  // The whole box is for typing, but for what else can be pressed in it.
  find(".dl-box").addEventListener("click", ({ target }) => {
    if (target instanceof Element && !target.closest("button, textarea")) box.focus();
  });
  fit();

  return {
    /** On a phone the keyboard would come up over the answer. */
    focus: () => {
      if (!matchMedia("(max-width: 899px)").matches) box.focus();
    },
    /** @param {boolean} now whether a question is on its way, which can be stopped */
    busy: (now) => {
      isBusy = now;
      send.setAttribute("aria-label", now ? "Stop" : "Ask");
      send.title = now ? "Stop (Escape)" : "Ask (Enter)";
      send.classList.toggle("dl-stop", now);
      fit();
    },
    /** @param {string} text to be changed by the user */
    edit: (text) => {
      put(text);
      box.focus();
    },
    /** @param {string} text what is put there if the user has typed nothing since */
    restore: (text) => {
      if (!box.value) box.value = text;
      fit();
    },
  };
};
