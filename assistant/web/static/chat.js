// The conversation that is shown: its turns, and the question that is on its way.

import { Lost, api } from "./api.js";
import { copied, find } from "./dom.js";
import { announce, fail, lost } from "./notices.js";
import { recall, remember } from "./remember.js";
import { View } from "./turn.js";
import { answered, shownOf, withStatement } from "./turns.js";
import { plain, spoken } from "./wording.js";

/** @typedef {import("../types.d.ts").Asked} Asked */
/** @typedef {import("../types.d.ts").KeptTurn} KeptTurn */
/** @typedef {import("../types.d.ts").ServerEvent} ServerEvent */

const PENDING = "dateline-pending"; // the question that a page which is loaded again asks again
const tab = () => sessionStorage;

export class Chat {
  /** @type {number | null} */
  id = null;
  #turns = find(".dl-turns");
  /** @type {View[]} */
  #views = [];
  /** @type {AbortController | null} */
  #running = null; // ends the question that is on its way
  #isLeaving = false;
  #page;
  /** @type {import("./turn.js").Actions} */
  actions;

  /**
   * @param {object} page
   * @param {(view: View, marker: number) => void} page.cite
   * @param {(view: View) => void} page.answering the first sentence, or a refusal, of a turn has come
   * @param {(question: string, view: View) => void} page.edit
   * @param {(turn: import("../types.d.ts").Turn) => void} page.follow follows the question of a turn, or no more
   * @param {(turn: import("../types.d.ts").Turn) => number | null} page.watch under which it is followed
   * @param {(article: string) => void} page.read
   * @param {() => void} page.asked after a question that was suggested
   * @param {(question: string) => void} page.failed a question had no answer, for a reason that the user can mend
   * @param {(isBusy: boolean) => void} page.busy
   * @param {(view: View, title: string) => void} page.kept a turn has its number, and `id` is that of its conversation
   * @param {() => void} page.changed another conversation has one more turn
   * @param {() => import("../types.d.ts").Among} page.among which articles may answer
   * @param {() => boolean} page.check whether that choice makes sense
   */
  constructor(page) {
    this.#page = page;
    addEventListener("beforeunload", () => {
      this.#isLeaving = true;
      this.#running?.abort();
    });
    this.actions = {
      cite: page.cite,
      judge: (view, kind) => this.judge(view, kind),
      copy: (view) => this.#copy(view),
      retry: (view) => this.#again(view, view.turn.alone),
      alone: (view) => this.#again(view, true),
      edit: (view) => page.edit(view.turn.question, view),
      follow: (view) => page.follow(view.turn),
      read: page.read,
      // A question that is suggested was tried by itself.
      ask: (question) => {
        if (this.ask(question, null, true)) page.asked();
      },
    };
  }

  get isBusy() {
    return this.#running !== null;
  }

  /** @param {number} turn its number @returns {View | null} */
  view(turn) {
    return this.#views.find((view) => view.turn.number === turn) ?? null;
  }

  /** Marks the questions that are followed. */
  mark() {
    for (const view of this.#views) {
      const watch = this.#page.watch(view.turn);
      if (watch !== view.turn.watch) view.show({ watch });
    }
  }

  /** Shows nothing. A question that is on its way is answered and kept all the same, out of sight. */
  empty() {
    this.#end(this.#running);
    this.id = null;
    this.#views = [];
    this.#turns.replaceChildren();
  }

  /**
   * Shows a conversation.
   * @param {number} id @param {KeptTurn[]} turns
   */
  open(id, turns) {
    this.empty();
    this.id = id;
    for (const turn of turns) this.#add().show(shownOf(turn));
    this.mark();
  }

  /** @param {number | null} turn the number of the one to bring into view; else the last one */
  reveal(turn) {
    const view = (turn !== null && this.view(turn)) || this.#views.at(-1);
    view?.element.scrollIntoView({ block: "start" });
  }

  /**
   * Asks a question, of the articles that are chosen or of those that are given; whether it was asked.
   * @param {string} question
   * @param {import("../types.d.ts").Among | null} [among]
   * @param {boolean} [alone] whether by itself, whatever was said before
   */
  ask(question, among = null, alone = false) {
    if (!question.trim() || this.isBusy || (!among && !this.#page.check())) return false;
    this.#follow({ question, conversation: this.id, among: among ?? this.#page.among(), alone });
    return true;
  }

  /** What is complete stays, and is not kept. */
  stop() {
    this.#running?.abort();
  }

  /** A page that is loaded again goes on with the question that was on its way. */
  resume() {
    const pending = JSON.parse(recall(tab, PENDING) ?? "null");
    if (pending && pending.conversation === this.id) this.#follow(pending);
  }

  /**
   * Gives a thumb, or with a marker says that a citation is wrong; the same again takes it back.
   * @param {View} view @param {"up" | "down" | "wrong_citation"} kind @param {number | null} [marker]
   */
  async judge(view, kind, marker = null) {
    const { number, vote, wrong } = view.turn;
    if (this.id === null || number === null) return;
    const isBack = marker === null ? vote === kind : wrong.includes(marker);
    try {
      await api.judge(this.id, number, isBack ? null : kind, marker);
    } catch (error) {
      return fail(error);
    }
    if (kind !== "wrong_citation") view.show({ vote: isBack ? null : kind });
    else if (marker !== null) view.show({ wrong: isBack ? wrong.filter((each) => each !== marker) : [...wrong, marker] });
    const said = isBack ? "Taken back." : "Thank you, noted.";
    view.sign(said);
    announce(said);
  }

  /** @param {View} view */
  async #copy(view) {
    try {
      await copied(plain(view.turn));
      view.sign("Copied.");
      announce("Copied.");
    } catch {
      fail(new Error("The browser does not let the page copy; select the text and copy it."));
    }
  }

  /** @param {View} view @param {boolean} alone */
  #again(view, alone) {
    if (this.isBusy) return;
    const { question, among, state } = view.turn;
    if (state === "lost") this.#remove(view); // in whose place it is asked
    this.#follow({ question, conversation: this.id, among, alone }); // of the same articles as before
  }

  #add() {
    this.#turns.querySelector(".dl-welcome")?.remove();
    const view = new View(this.actions);
    this.#views.push(view);
    this.#turns.append(view.element);
    return view;
  }

  /** @param {View} view */
  #remove(view) {
    this.#views = this.#views.filter((each) => each !== view);
    view.element.remove();
  }

  /** @param {AbortController | null} running */
  #end(running) {
    if (running !== this.#running) return;
    this.#running = null;
    this.#page.busy(false);
  }

  /** @param {Asked} asked */
  async #follow(asked) {
    const view = this.#add();
    view.show({ question: asked.question, among: asked.among, alone: asked.alone });
    view.element.scrollIntoView({ block: "start" });
    const running = (this.#running = new AbortController());
    this.#isLeaving = false; // nothing came of that, as of a link that only opens a mail
    this.#page.busy(true);
    announce("Looking in the articles.");
    const pending = JSON.stringify(asked);
    remember(tab, PENDING, pending);
    const settle = () => recall(tab, PENDING) === pending && remember(tab, PENDING, null);
    try {
      for await (const event of api.ask(asked, running.signal)) {
        if (this.#isLeaving) return; // the page that is loaded next asks again
        if (event.event === "kept") settle(); // else a page that is loaded before what comes after it would ask again
        if (this.#views.includes(view)) this.#news(view, event, running);
        else if (event.event === "kept") return this.#page.changed(); // another conversation is shown meanwhile
      }
      if (!view.turn.answer) throw new Lost(); // it ended too early
    } catch (error) {
      if (this.#views.includes(view)) this.#fault(view, error);
    } finally {
      this.#end(running);
      const isKept = this.#isLeaving || view.turn.state === "lost"; // for the page that is loaded next
      if (!isKept) settle();
    }
  }

  /** @param {View} view @param {ServerEvent} event @param {AbortController} running */
  #news(view, { event, data }, running) {
    const isFirst = view.turn.state === "looking";
    if (event === "statement") view.show(withStatement(view.turn, data));
    if (event === "answer") {
      view.show(answered(data));
      announce(spoken(view.turn));
    }
    if (event === "kept") {
      view.show({ number: data.turn, note: data.note ?? view.turn.note });
      this.id = data.conversation;
      this.#end(running); // what comes after it may come late
      this.#page.kept(view, data.title ?? "");
    }
    if (event === "related") this.#relate(view, data.questions);
    if (event === "error") throw new Error(data.error.charAt(0).toUpperCase() + data.error.slice(1));
    if (isFirst) this.#page.answering(view);
  }

  /**
   * Shows what else can be asked; after a refusal, if need be what one can begin with.
   * @param {View} view @param {string[]} questions
   */
  async #relate(view, questions) {
    const isLost = !questions.length && view.element.dataset.kind === "refusal";
    const others = isLost ? await api.suggestions(view.turn.among).catch(() => []) : questions;
    view.show({ related: view.element.dataset.kind === "refusal" ? others.slice(0, 2) : others });
  }

  /** @param {View} view @param {unknown} error */
  #fault(view, error) {
    if (this.#isLeaving || view.turn.answer) return; // it is there, though what comes after it is not
    if (error instanceof DOMException && error.name === "AbortError") view.show({ state: "stopped" });
    else if (error instanceof Lost) {
      view.show({ state: "lost", error: error.message });
      return lost();
    } else {
      view.show({ state: "failed", error: error instanceof Error ? error.message : String(error) });
      this.#page.failed(view.turn.question);
    }
    announce(spoken(view.turn));
  }
}
