// The front page: what there is to ask about, its newest stories, and questions that were tried and are answered.

import { Lost, api } from "./api.js";
import { span } from "./days.js";
import { find, icon, make, written } from "./dom.js";
import { pieces } from "./markup.js";
import { addressOf } from "./router.js";
import { counted, dayOf, wireOf } from "./text.js";
import { suggestion } from "./turn.js";

/** @typedef {import("../types.d.ts").Library} Library */
/** @typedef {import("../types.d.ts").Story} Story */

const LATE = 300; // ms after which it is seen that something is still to come

/**
 * @typedef {object} Actions
 * @property {(question: string, among?: import("../types.d.ts").Among) => void} ask of these articles; else of the scope
 * @property {(id: string, span: [number, number]) => void} read opens an article at a sentence
 * @property {() => import("../types.d.ts").Among} among the scope
 * @property {() => void} add opens the library, to add articles
 * @property {(error: unknown) => void} fail
 */

/**
 * The page, to be put where the turns of a conversation will be.
 * @param {Actions} actions
 */
export const welcome = async (actions) => {
  const stories = make("section", { class: "dl-stories", "aria-label": "Newest stories and questions" });
  const questions = make("section", { class: "dl-examples" });
  const folio = make("p", { class: "dl-folio" });
  const head = make("header", { class: "dl-masthead" }, make("h2", { text: "What do the articles say?" }), folio);
  const page = make("div", { class: "dl-welcome" }, head, stories);
  find(".dl-turns").append(page);
  const late = setTimeout(() => page.setAttribute("data-late", ""), LATE);
  try {
    const [library, found] = await Promise.all([api.library(), api.stories()]);
    find(".dl-count").textContent = library.articles.toLocaleString("en");
    folio.replaceChildren(...folioOf(library));
    if (!library.articles) page.append(empty(library, actions));
    const [first, ...others] = found.map((each, at) => card(each, at, actions));
    if (library.articles) questions.replaceChildren(...offered(["", "", ""], actions));
    stories.append(...(first ? [first] : []), questions, ...others);
    stories.toggleAttribute("data-thirds", others.length % 3 === 0);
    await suggest(questions, actions);
  } catch (error) {
    if (error instanceof Lost) document.addEventListener("dateline-back", () => page.isConnected && again(page, actions), { once: true });
    actions.fail(error);
  } finally {
    clearTimeout(late);
    page.removeAttribute("data-late");
  }
};

/** @param {HTMLElement} page @param {Actions} actions */
const again = (page, actions) => {
  page.remove();
  welcome(actions);
};

/**
 * Questions that are answered in the present scope.
 * @param {HTMLElement} section @param {Actions} actions
 */
const suggest = async (section, actions) => {
  const questions = await api.suggestions(actions.among());
  section.replaceChildren(...(questions.length ? offered(questions, actions) : []));
};

/** @param {string[]} questions one that is "" is still to come @param {Actions} actions */
const offered = (questions, actions) => [
  make("h3", { class: "dl-examples-head", text: "Try asking" }),
  make("ul", {}, ...questions.map((question) => make("li", {}, question ? suggestion(question, (text) => actions.ask(text)) : null))),
];

/**
 * Has the front page, if it is shown, suggest what is answered in another scope.
 * @param {Actions} actions
 */
export const rescoped = async (actions) => {
  const section = document.querySelector(".dl-examples");
  if (!(section instanceof HTMLElement)) return;
  try {
    await suggest(section, actions);
  } catch (error) {
    if (error instanceof Lost) actions.fail(error); // else there are none for once
  }
};

/** @param {Library} library what it holds: "46 articles · 4 outlets · 3 March to 6 April 2031" */
const folioOf = ({ articles, sources, days }) => {
  const parts = [counted(articles, "article"), sources.length ? counted(sources.length, "outlet") : "", days ? span(days.first, days.last) : ""];
  return parts.filter(Boolean).map((text) => make("span", { text }));
};

/** @param {Library} library @param {Actions} actions */
const empty = ({ can_change }, actions) =>
  make(
    "div",
    { class: "dl-nothing" },
    make("p", { text: "There are no articles yet." }),
    can_change
      ? make("button", { type: "button", class: "dl-button dl-primary", text: "Add articles", on: { click: actions.add } })
      : make("p", { text: "Whoever runs this server can add some." }),
  );

/** @param {Story} story @param {number} at @param {Actions} actions */
const card = (story, at, actions) => {
  const { article, title, lead } = story;
  const place = /** @type {[number, number]} */ ([lead.start, lead.end]);
  /** @param {MouseEvent} event */
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
    event.preventDefault();
    actions.read(article, place);
  };
  const among = { ids: story.articles.map((each) => each.id), titles: story.articles.map((each) => each.title) };
  return make(
    "article",
    { class: at ? "dl-story" : "dl-story dl-first" },
    make("p", { class: "dl-story-from" }, ...[story.source, story.date && dayOf(story.date)].filter(Boolean).map((text) => make("span", { dir: "auto", text: String(text) }))),
    make("h3", { dir: "auto" }, make("a", { href: addressOf({ article, span: place }), text: title, on: { click: open } })),
    make("p", { class: "dl-story-lead", dir: "auto" }, ...written(pieces(lead.sentence, { spans: [[0, wireOf(lead.sentence), "wire"]] }))),
    make(
      "div",
      { class: "dl-story-foot" },
      make("button", { type: "button", class: "dl-brief", "aria-label": `What happened: ${title}`, on: { click: () => actions.ask(story.question, among) } }, make("span", { text: "What happened" }), icon("on")),
      story.articles.length > 1 ? make("span", { class: "dl-story-more", text: counted(story.articles.length, "article") }) : null,
    ),
  );
};
