// One turn: the question, and the answer, the refusal or the reason why there is none.

import { sourcesOf } from "./cards.js";
import { icon, iconButton, make, refill, written } from "./dom.js";
import { drawing } from "./figures.js";
import { cited, cites } from "./pointers.js";
import { rows } from "./rows.js";
import { capitalised, originOf, part, visible } from "./text.js";
import { CLOSEST, kindOf, readAs, scopeOf, verdict } from "./wording.js";

/** @typedef {import("../types.d.ts").Turn} Turn */

/**
 * What can be done with a turn.
 * @typedef {object} Actions
 * @property {(view: View, marker: number) => void} cite opens a citation
 * @property {(view: View, kind: "up" | "down") => void} judge gives a thumb, or takes it back
 * @property {(view: View) => void} copy
 * @property {(view: View) => void} retry asks again
 * @property {(view: View) => void} alone asks by itself
 * @property {(view: View) => void} edit
 * @property {(view: View) => void} follow follows its question, or no more
 * @property {(article: string) => void} read opens an article
 * @property {(question: string) => void} ask
 */

/** @type {Turn} */
const EMPTY = {
  state: "looking",
  question: "",
  among: {},
  alone: false,
  number: null,
  statements: [],
  citations: [],
  answer: null,
  markdown: [],
  days: {},
  vote: null,
  wrong: [],
  related: [],
  note: null,
  error: null,
  watch: null,
  current: null,
};

const SIGN = 2_500; // ms

/** What a turn looks like: `element` shows it, `turn` is what it shows. */
export class View {
  /** @type {Turn} */
  turn = EMPTY;
  isUnfolded = false; // whether the closest sentences of a refusal are shown
  #question = make("h2", { class: "dl-asked", dir: "auto" });
  #scope = make("p", { class: "dl-understood dl-scope", hidden: true });
  #answer = make("div", { class: "dl-answer" });
  // Below the answer: it is known only with it, and nothing may move what is being read.
  #understood = make("p", { class: "dl-understood", hidden: true });
  #period = make("p", { class: "dl-understood", hidden: true });
  #buttons = make("div", { class: "dl-tool-buttons" });
  #sign = make("span", { class: "dl-sign", "aria-hidden": "true" });
  #tools = make("div", { class: "dl-tools" }, this.#buttons, this.#sign);
  #related = make("div", { class: "dl-follow" });
  #actions;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Actions} actions */
  constructor(actions) {
    this.#actions = actions;
    const parts = [this.#question, this.#scope, this.#answer, this.#period, this.#understood, this.#tools, this.#related];
    this.element = make("article", { class: "dl-turn" }, ...parts);
  }

  /** @param {Partial<Turn>} news */
  show(news) {
    const turn = (this.turn = { ...this.turn, ...news });
    this.element.dataset.state = turn.state;
    this.element.dataset.kind = kindOf(turn);
    this.element.dataset.form = turn.answer?.form ?? "sentence";
    this.element.setAttribute("aria-busy", String(isUnderWay(turn)));
    if (this.#question.textContent !== visible(turn.question)) this.#question.textContent = visible(turn.question);
    const only = scopeOf(turn.among);
    this.#scope.hidden = !only;
    if (only) this.#scope.replaceChildren(make("span", { text: "Asked only of: " }), make("bdi", { text: only }));
    refill(this.#answer, ...body(this, this.#actions));
    const taken = readAs(turn.answer);
    const period = turn.answer?.period;
    this.#period.hidden = !period;
    if (period) this.#period.textContent = visible(capitalised(period.text));
    this.#understood.hidden = !taken;
    if (taken) refill(this.#understood, ...understood(this, taken, this.#actions));
    this.#tools.hidden = isUnderWay(turn); // as the answer that grows above would move them
    refill(this.#buttons, ...tools(this, this.#actions));
    refill(this.#related, ...related(turn, this.#actions));
  }

  /**
   * Says for a moment that something was done.
   * @param {string} text
   */
  sign(text) {
    clearTimeout(this.#timer);
    this.#sign.textContent = text;
    this.#timer = setTimeout(() => (this.#sign.textContent = ""), SIGN);
  }

  /**
   * The button of a citation.
   * @param {number} marker
   * @returns {HTMLElement | null}
   */
  button(marker) {
    return this.element.querySelector(`[data-key="cite-${marker}"]`);
  }
}

/** @param {Turn} turn */
const isUnderWay = ({ state }) => state === "looking" || state === "writing";

/** @param {View} view @param {[string, string]} taken @param {Actions} actions */
const understood = (view, [how, question], actions) => {
  const alone = { type: "button", class: "dl-alone", "data-key": "alone", text: "Ask it alone", on: { click: () => actions.alone(view) } };
  return [make("span", { text: `${how}: ` }), make("bdi", { text: question }), " ", make("button", alone)];
};

/** @param {View} view @param {Actions} actions */
const body = (view, actions) => {
  const { turn } = view;
  const line = turn.state === "stopped" ? "Stopped." : turn.note;
  const note = line ? [make("p", { class: "dl-note", text: line })] : [];
  if (turn.state === "looking") return [make("p", { class: "dl-wait", text: "Looking in the articles…" })];
  if (turn.state === "failed") return [make("p", { class: "dl-error", text: turn.error ?? "" })];
  if (turn.state === "lost") return unsent(view, actions);
  const kind = kindOf(turn);
  if (kind === "courtesy") return [make("p", { class: "dl-courtesy", text: verdict(turn.answer) ?? "" })];
  return [...(kind === "refusal" ? refusal(view, actions) : answered(view, actions)), ...note];
};

/** @param {View} view @param {Actions} actions */
const unsent = (view, actions) => [
  make("p", { class: "dl-note", text: "Your question is kept." }),
  make("button", { type: "button", class: "dl-button dl-again", "data-key": "send", text: "Send it again", on: { click: () => actions.retry(view) } }),
];

/** @param {View} view @param {Actions} actions */
const answered = (view, actions) => {
  const { turn } = view;
  const line = verdict(turn.answer);
  const first = turn.statements.find((statement) => statement.span);
  const isDone = turn.state === "done";
  return [
    line ? make("p", { class: "dl-may", text: line }) : null,
    first?.span ? make("p", { class: "dl-short", dir: "auto", text: capitalised(part(first.text, first.span)) }) : null,
    rows(view, actions),
    // Below what streams, as it is known only in the end.
    isDone ? drawing(view, actions) : null,
    ...(isDone ? sourcesOf(view, actions) : []),
  ];
};

/** @param {View} view @param {Actions} actions */
const refusal = (view, actions) => {
  const closest = view.turn.citations.map((citation) => {
    const near = make("p", { class: "dl-near", dir: "auto" }, make("span", { class: "dl-said" }, ...written(cited(view, citation))), ...cites(view, [citation.marker], actions));
    const from = [citation.title, originOf(citation)].filter(Boolean).join(" · ");
    return make("li", {}, near, make("p", { class: "dl-origin", dir: "auto", text: from }));
  });
  return [
    make("p", { class: "dl-verdict", dir: "auto", text: verdict(view.turn.answer) ?? "" }),
    closest.length ? folded(view, make("ul", { class: "dl-closest" }, ...closest)) : null,
  ];
};

/** @param {View} view @param {HTMLElement} closest */
const folded = (view, closest) => {
  const isOpen = view.isUnfolded || view.turn.current !== null;
  const summary = make("summary", { "data-key": "closest" }, icon("on"), CLOSEST);
  const details = make("details", { class: "dl-fold", open: isOpen }, summary, closest);
  details.addEventListener("toggle", () => (view.isUnfolded = details.open));
  return details;
};

/** @param {View} view @param {Actions} actions */
const tools = (view, actions) => {
  const { turn } = view;
  if (isUnderWay(turn) || turn.state === "lost" || kindOf(turn) === "courtesy") return [];
  /** @param {string} name @param {string} label @param {() => void} act @param {Record<string, string>} [more] */
  const tool = (name, label, act, more) => iconButton(name, label, { click: act }, { "data-key": name, ...more });
  /** @param {"up" | "down"} vote @param {string} label */
  const thumb = (vote, label) => tool(vote, label, () => actions.judge(view, vote), { "aria-pressed": String(turn.vote === vote) });
  return [
    turn.state === "done" ? tool("copy", "Copy the answer", () => actions.copy(view)) : null,
    tool("again", "Ask again", () => actions.retry(view)),
    tool("edit", "Edit the question", () => actions.edit(view)),
    turn.state === "done" && !turn.among.as_of
      ? tool("follow", turn.watch === null ? "Follow this question" : "Follow it no more", () => actions.follow(view), { "aria-pressed": String(turn.watch !== null) })
      : null,
    // Last, as they come only once it is kept.
    ...(turn.number === null ? [] : [thumb("up", "Good answer"), thumb("down", "Bad answer")]),
  ];
};

/** @param {Turn} turn @param {Actions} actions */
const related = (turn, actions) => {
  if (!turn.related.length) return [];
  return [
    make("h3", { class: "dl-follow-head", text: verdict(turn.answer) ? "The articles answer" : "The articles also answer" }),
    make("ul", {}, ...turn.related.map((question) => make("li", {}, suggestion(question, actions.ask)))),
  ];
};

/** @param {string} question @param {(question: string) => void} ask */
export const suggestion = (question, ask) =>
  make("button", { type: "button", class: "dl-suggestion", dir: "auto", on: { click: () => ask(question) } }, make("span", { text: question }), icon("on"));
