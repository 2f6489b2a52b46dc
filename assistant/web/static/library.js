// The articles: what is indexed, looked through by day or outlet, read, and what of it may answer.

import { api } from "./api.js";
import { changes } from "./changes.js";
import { confirmed, menu } from "./dialog.js";
import { find, findField, iconButton, make } from "./dom.js";
import { longList } from "./longlist.js";
import { addressOf } from "./router.js";
import { counted, dayOf } from "./text.js";

/** @typedef {import("../types.d.ts").ArticleSummary} ArticleSummary */
/** @typedef {import("../types.d.ts").Removed} Removed */

const PAUSE = 180; // ms after the last letter before a search
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });


/**
 * @param {object} page
 * @param {(error: unknown) => void} page.fail
 * @param {(article: ArticleSummary) => void} page.only asks that article alone from now on
 * @param {(article: ArticleSummary) => void} page.read
 * @param {() => void} page.changed after a change
 */
export const libraryDialog = ({ fail, only, read, changed }) => {
  const dialog = /** @type {HTMLDialogElement} */ (find(".dl-library"));
  const words = findField(".dl-library-words");
  const source = findField(".dl-library-source");
  const order = findField(".dl-library-order");
  let canChange = false;
  let isBin = false; // whether what was removed is shown
  let asked = 0;

  /** @param {ArticleSummary} article what stands beside its headline and, but of a story, tells whether two belong together */
  const gutterOf = ({ date, source: outlet, told_by }) => {
    if (order.value === "story") return told_by > 1 ? `A story in ${counted(told_by, "article")}` : "A single article";
    return order.value === "outlet" ? outlet ?? "No outlet" : whenOf(date);
  };

  /** @param {string | null} date */
  const whenOf = (date) => (date ? dayOf(date) : "No day known");

  /** @param {ArticleSummary} article @param {ArticleSummary | null} previous */
  const row = (article, previous) => {
    const { date, source: outlet, language, sentences } = article;
    const gutter = gutterOf(article);
    const isSame = previous !== null && (order.value === "story" ? previous.story === article.story : gutterOf(previous) === gutter);
    const beside = [order.value === "day" ? null : whenOf(date), order.value === "outlet" ? null : outlet];
    const unread = language !== null && language !== "en" ? `In ${LANGUAGES.of(language)}, which is not read` : null;
    const more = iconButton("more", `More for ${article.title}`, {}, { class: "dl-icon-button dl-article-more", title: "More", "aria-haspopup": "menu", "aria-expanded": "false" });
    const item = make(
      "li",
      { class: isSame ? "dl-article" : "dl-article dl-group" },
      make("p", { class: "dl-gutter", dir: "auto", "data-same": isSame, text: gutter }),
      make(
        "div",
        { class: "dl-article-said" },
        make("a", { href: addressOf({ article: article.id }), class: "dl-article-title", dir: "auto", text: article.title, title: article.title, on: { click: (/** @type {MouseEvent} */ event) => opened(event, article) } }),
        make(
          "p",
          { class: "dl-article-origin" },
          ...[...beside, counted(sentences, "sentence")].filter(Boolean).map((text) => make("span", { dir: "auto", text: String(text) })),
          unread ? make("span", { class: "dl-unread", text: unread }) : null,
        ),
      ),
      make("div", { class: "dl-menu-place" }, more),
    );
    /** @type {[string, string][]} */
    const entries = [["read", "Read"], ["only", "Ask about this article only"], ...(canChange ? /** @type {[string, string][]} */ ([["again", "Index its file again"], ["remove", "Remove…"]]) : [])];
    menu(more, entries, (action) => act(action, article));
    return item;
  };

  /** @param {MouseEvent} event @param {ArticleSummary} article */
  const opened = (event, article) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
    event.preventDefault();
    act("read", article);
  };

  /** @param {string} action @param {ArticleSummary} article */
  const act = (action, article) => {
    if (action === "remove") return remove(article);
    if (action === "again") return change({ action: "refresh", ids: [article.id] });
    dialog.close();
    if (action === "read") read(article);
    else only(article);
  };

  /** @param {Removed} each */
  const removedRow = (each) =>
    make(
      "li",
      { class: "dl-article dl-group" },
      make("p", { class: "dl-gutter", text: dayOf(each.at.slice(0, 10)) }),
      make(
        "div",
        { class: "dl-article-said" },
        make("p", { class: "dl-article-title", dir: "auto", text: each.title }),
        make("p", { class: "dl-article-origin" }, make("span", { text: `Removed by ${each.who}` }), make("span", { text: `kept until ${dayOf(each.until.slice(0, 10))}` })),
      ),
      make("button", { type: "button", class: "dl-button", "aria-label": `Restore ${each.title}`, text: "Restore", on: { click: () => change({ action: "restore", keys: [each.key] }) } }),
    );

  const list = longList({
    place: find(".dl-articles"),
    list: find(".dl-rows"),
    row,
    get: async (offset, limit) => api.articles({ ...sought(), order: order.value, offset, limit }),
    fail,
  });

  /** @returns {Record<string, string>} */
  const sought = () => {
    const given = { words: words.value.trim(), source: source.value };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  };

  /** @param {string} line */
  const say = (line) => (find(".dl-library-count").textContent = line);

  /** @param {number} mine */
  const showRemoved = async (mine) => {
    const text = words.value.trim().toLowerCase();
    const removed = (await api.removed()).filter((each) => each.title.toLowerCase().includes(text));
    if (mine !== asked) return;
    list.fixed(removed.map(removedRow));
    say(`${counted(removed.length, "article")} removed in the last 30 days`);
  };

  /** @param {number} mine */
  const showArticles = async (mine) => {
    const total = await list.refresh();
    if (mine !== asked || total === null) return;
    const isSought = Object.keys(sought()).length > 0;
    say(total || !isSought ? `${counted(total, "article")}${isSought ? " found" : ""}` : "No article has all of these words; use fewer.");
    if (!isSought) find(".dl-count").textContent = total.toLocaleString("en");
  };

  const refresh = async () => {
    const mine = (asked += 1);
    dialog.toggleAttribute("data-bin", isBin);
    dialog.dataset.order = order.value;
    find("#dl-library-title").textContent = isBin ? "Removed articles" : "Articles";
    try {
      await (isBin ? showRemoved(mine) : showArticles(mine));
    } catch (error) {
      fail(error);
    }
  };

  const { change, use, choose } = changes(() => {
    refresh();
    changed();
  });

  /** @param {ArticleSummary} article */
  const remove = async ({ id, title }) => {
    const text = "No answer will cite it any more, and it stays out when its file is indexed again. For 30 days it can be restored, under Removed articles.";
    if (!(await confirmed(`Remove “${title}”?`, text, "Remove"))) return;
    await change({ action: "remove", ids: [id] });
    find(".dl-articles").focus();
  };

  const open = async () => {
    isBin = false;
    dialog.showModal();
    words.focus();
    try {
      const about = await api.library();
      canChange = about.can_change;
      use(about);
      const chosen = source.value;
      const options = about.sources.map((each) => make("option", { value: each.source, text: `${each.source} (${each.articles.toLocaleString("en")})` }));
      source.replaceChildren(make("option", { value: "", text: "All outlets" }), ...options);
      source.value = about.sources.some((each) => each.source === chosen) ? chosen : "";
      find(".dl-library-outlet").hidden = !about.sources.length;
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
  for (const field of [source, order]) field.addEventListener("change", refresh);
  find(".dl-open-library").addEventListener("click", open);
  find(".dl-library-close").addEventListener("click", () => (isBin ? ((isBin = false), refresh()) : dialog.close()));
  // In a field for searching, Escape would only empty the field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  menu(find(".dl-library-add"), [["files", "Files…"], ["folder", "A folder…"]], choose);
  menu(find(".dl-library-more"), [["refresh", "Index changed files again"], ["bin", "Removed articles"]], (action) => {
    if (action === "refresh") return change({ action: "refresh" });
    isBin = true;
    refresh();
  });
  return { open };
};
