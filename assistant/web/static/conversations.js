// The list of conversations: search it, open one, begin another.

import { api } from "./api.js";
import { find, findField, make } from "./dom.js";
import { counted, dayOf } from "./text.js";

/** @typedef {import("../types.d.ts").Overview} Overview */

const PAUSE = 180; // ms after the last letter before a search

/**
 * @param {object} page
 * @param {(number: number, turn: number | null) => void} page.open
 * @param {() => void} page.begin
 * @param {() => number | null} page.current the number of the conversation that is shown
 * @param {(error: unknown) => void} page.fail
 */
export const conversationList = ({ open, begin, current, fail }) => {
  const search = findField(".dl-search");
  let asked = 0;
  /** @type {Set<number>} */
  let changed = new Set(); // those whose sources were corrected, withdrawn, changed or removed since

  /** @param {Overview} each */
  const item = (each) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "dl-kept", "aria-current": each.id === current() ? "true" : null, on: { click: () => choose(each) } },
        make("span", { class: "dl-kept-title", dir: "auto", text: each.title }),
        changed.has(each.id) ? make("span", { class: "dl-kept-since", text: "A source has changed since" }) : null,
        make("span", { class: "dl-kept-more", dir: "auto", text: each.excerpt || `${when(each.changed_at)} · ${counted(each.questions, "question")}` }),
      ),
    );

  /** With a line where another time begins. @param {Overview[]} found the latest first */
  const byDay = (found) =>
    found.flatMap((each, at) => {
      const time = timeOf(each.changed_at);
      const isNew = !at || timeOf(found[at - 1].changed_at) !== time;
      return [...(isNew ? [make("li", { class: "dl-list-day", text: time })] : []), item(each)];
    });

  const refresh = async () => {
    const mine = (asked += 1);
    const words = search.value.trim();
    try {
      const found = await api.conversations(words);
      if (mine !== asked) return;
      find(".dl-list").replaceChildren(...(words ? found.map(item) : byDay(found)));
      const empty = find(".dl-list-empty");
      empty.hidden = found.length > 0;
      empty.textContent = words ? "No conversation has these words." : "Conversations are kept here, and nobody else sees them.";
    } catch (error) {
      fail(error);
    }
  };

  /** Looks again at what became of the sources. */
  const lookAgain = async () => {
    try {
      const before = changed;
      changed = new Set(await api.changed());
      if (before.size || changed.size) await refresh();
    } catch (error) {
      fail(error);
    }
  };

  /** @param {Overview} each */
  const choose = (each) => {
    showRail(false);
    open(each.id, each.turn);
  };

  /** @param {boolean} isOpen */
  const showRail = (isOpen) => {
    find(".dl").toggleAttribute("data-rail", isOpen);
    find(".dl-menu").setAttribute("aria-expanded", String(isOpen));
    if (isOpen) find(".dl-rail-close").focus();
  };

  const hideRail = () => {
    if (!find(".dl").hasAttribute("data-rail")) return false;
    showRail(false);
    find(".dl-menu").focus();
    return true;
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  find(".dl-menu").addEventListener("click", () => showRail(true));
  for (const name of [".dl-rail-close", ".dl-rail-scrim"]) find(name).addEventListener("click", hideRail);
  find(".dl-new").addEventListener("click", () => {
    showRail(false);
    begin();
  });
  return { refresh, lookAgain, hideRail };
};

/** @param {string} moment how many days ago it was, by the clock on the wall */
const daysSince = (moment) => {
  const [then, now] = [new Date(moment), new Date()].map((each) => Date.UTC(each.getFullYear(), each.getMonth(), each.getDate()));
  return Math.round((now - then) / 86_400_000);
};

/** @param {string} moment */
const timeOf = (moment) => {
  const days = daysSince(moment);
  if (days < 1) return "Today";
  if (days < 2) return "Yesterday";
  return days < 7 ? "The last 7 days" : days < 30 ? "The last 30 days" : "Earlier";
};

/** @param {string} moment */
const when = (moment) => {
  const then = new Date(moment);
  if (daysSince(moment) < 1) return then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return dayOf([then.getFullYear(), then.getMonth() + 1, then.getDate()].map((part) => String(part).padStart(2, "0")).join("-"));
};
