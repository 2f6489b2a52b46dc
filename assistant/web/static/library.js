// The articles: what is indexed, looked through, read, and what of it may answer.

import { api } from "./api.js";
import { confirmed } from "./dialog.js";
import { find, findField, icon, iconButton, make } from "./dom.js";
import { addressOf } from "./router.js";
import { counted, originOf } from "./text.js";
import { changes } from "./changes.js";

/** @typedef {import("../types.d.ts").ArticleSummary} ArticleSummary */
/** @typedef {import("../types.d.ts").Removed} Removed */

const PAUSE = 180;
const PAGE = 50;

/** @param {string} moment */
const day = (moment) => new Date(moment).toLocaleDateString();

/**
 * @param {object} page
 * @param {(error: unknown) => void} page.fail
 * @param {(article: ArticleSummary) => void} page.only asks that article alone from now on
 * @param {(article: ArticleSummary) => void} page.read
 * @param {() => void} page.changed after a change
 */
export const libraryDialog = ({ fail, only, read, changed }) => {
  const dialog = /** @type {HTMLDialogElement} */ (find(".dl-library"));
  const list = find(".dl-articles");
  const words = findField(".dl-library-words");
  const bin = find(".dl-library-removed");
  let canChange = false;
  let asked = 0;

  /** @param {ArticleSummary} article */
  const item = (article) => {
    /** @param {MouseEvent} event */
    const open = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
      event.preventDefault();
      dialog.close();
      read(article);
    };
    const link = { href: addressOf({ article: article.id }), class: "dl-article-title", dir: "auto", text: article.title, on: { click: open } };
    return make(
      "li",
      { class: "dl-article" },
      make(
        "div",
        {},
        make("a", link),
        make("p", { class: "dl-origin", text: [originOf(article), counted(article.sentences, "sentence")].filter(Boolean).join(" · ") }),
      ),
      make(
        "button",
        { type: "button", class: "dl-quiet-button", "aria-label": `Ask only ${article.title}`, on: { click: () => (dialog.close(), only(article)) } },
        icon("filter"),
        make("span", { text: "Ask only this" }),
      ),
      canChange ? iconButton("delete", `Remove ${article.title}`, { click: () => remove(article) }, { title: "Remove" }) : null,
    );
  };

  /** @param {Removed} each */
  const removedItem = (each) =>
    make(
      "li",
      { class: "dl-article" },
      make(
        "div",
        {},
        make("p", { class: "dl-article-title", dir: "auto", text: each.title }),
        make("p", { class: "dl-origin", text: `Removed ${day(each.at)} by ${each.who} · kept until ${day(each.until)}` }),
      ),
      make("button", { type: "button", class: "dl-button", "aria-label": `Restore ${each.title}`, text: "Restore", on: { click: () => restore(each.key) } }),
    );

  /** @param {number} mine */
  const showRemoved = async (mine) => {
    const sought = words.value.trim().toLowerCase();
    const removed = (await api.removed()).filter((each) => each.title.toLowerCase().includes(sought));
    if (mine !== asked) return;
    list.replaceChildren(...removed.map(removedItem));
    find(".dl-library-count").textContent = `${removed.length} removed in the last 30 days`;
  };

  /** @param {number} mine @param {number} offset */
  const showArticles = async (mine, offset) => {
    const sought = words.value.trim();
    const { total, articles } = await api.articles({ ...(sought ? { words: sought } : {}), offset, limit: PAGE });
    if (mine !== asked) return;
    list.querySelector(".dl-more")?.remove();
    if (!offset) list.replaceChildren();
    list.append(...articles.map(item));
    if (offset + articles.length < total) {
      const next = { type: "button", class: "dl-button", text: "Show more", on: { click: () => refresh({ more: true }) } };
      list.append(make("li", { class: "dl-more" }, make("button", next)));
    }
    find(".dl-library-count").textContent = `${counted(total, "article")}${sought ? " with these words" : ""}`;
    if (!sought) find(".dl-count").textContent = total.toLocaleString("en");
  };

  const refresh = async ({ more = false } = {}) => {
    const mine = (asked += 1);
    try {
      if (bin.getAttribute("aria-pressed") === "true") await showRemoved(mine);
      else await showArticles(mine, more ? list.querySelectorAll(".dl-article").length : 0);
    } catch (error) {
      fail(error);
    }
  };

  const { change, use } = changes(() => {
    refresh();
    changed();
  });

  /** @param {number} key */
  const restore = (key) => change({ action: "restore", keys: [key] });

  /** @param {ArticleSummary} article */
  const remove = async ({ id, title }) => {
    if (!(await confirmed(`Remove “${title}”?`, "No answer will cite it any more. It can be restored for 30 days.", "Remove"))) return;
    await change({ action: "remove", ids: [id] });
    list.focus();
  };

  const open = async () => {
    dialog.showModal();
    words.focus();
    try {
      const about = await api.library();
      canChange = about.can_change;
      use(about);
    } catch (error) {
      fail(error);
    }
    refresh();
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  find(".dl-open-library").addEventListener("click", open);
  find(".dl-library-close").addEventListener("click", () => dialog.close());
  // In a field for searching, Escape would only empty the field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  bin.addEventListener("click", () => {
    bin.setAttribute("aria-pressed", String(bin.getAttribute("aria-pressed") !== "true"));
    refresh();
  });
};
