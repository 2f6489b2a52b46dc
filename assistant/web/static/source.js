// The source panel: an article, with the cited sentence marked and brought into view, or why it cannot be shown.

import { api } from "./api.js";
import { copied, find, findButton, icon, make, written } from "./dom.js";
import { pieces } from "./markup.js";
import { announce } from "./notices.js";
import { located, paragraphs } from "./paragraphs.js";
import { addressOf } from "./router.js";
import { originOf, visible } from "./text.js";

/** @typedef {import("../types.d.ts").Article} Article */
/** @typedef {import("../types.d.ts").Citation} Citation */
/** @typedef {import("./turn.js").View} View */

/** @typedef {{ view: View, citation: Citation }} Cited a citation of an answer */
/** @typedef {{ id: string, span: [number, number] | null }} Alone an article by itself, perhaps with a sentence of it */

const GONE = "This article has been removed since the answer was given, so its place can not be shown.";
const CHANGED = "This article has changed since the answer was given: the cited sentence no longer stands in it.";
const MOVED = "This article has changed since the answer was given; the sentence stands at another place now.";
const NONE = "There is no such article; it may have been removed.";

export class SourcePanel {
  #panel = find(".dl-source");
  #phone = matchMedia("(max-width: 899px)");
  /** @type {Cited | null} */
  #cited = null;
  #isOpen = false;
  #request = 0;
  #page;

  /**
   * @param {object} page
   * @param {(view: View, marker: number) => void} page.step shows another citation of the same answer
   * @param {() => void} page.close
   * @param {(cited: Cited) => Promise<void>} page.judge says that a citation is wrong, or takes it back
   */
  constructor(page) {
    this.#page = page;
    find(".dl-previous").addEventListener("click", () => this.#step(-1));
    find(".dl-next").addEventListener("click", () => this.#step(1));
    for (const name of [".dl-close", ".dl-source-scrim"]) find(name).addEventListener("click", page.close);
    find(".dl-wrong").addEventListener("click", () => this.#judge());
    find(".dl-link").addEventListener("click", () => this.#link());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowLeft") this.#step(-1);
      if (event.key === "ArrowRight") this.#step(1);
    });
    this.#phone.addEventListener("change", () => this.#setOpen(this.#isOpen));
  }

  get isOpen() {
    return this.#isOpen;
  }

  /** The view whose citation is shown, if one is. */
  get view() {
    return this.#cited?.view ?? null;
  }

  /**
   * Shows a citation of an answer.
   * @param {Cited} cited
   * @param {{ focus?: boolean }} [how] whether the panel gets the focus; else the sentence is announced
   */
  async show({ view, citation }, { focus = true } = {}) {
    const { article, said } = await this.#fetched(citation.article_id);
    if (article === undefined) return;
    this.#address = addressOf({ article: citation.article_id, span: [citation.start, citation.end] });
    this.#mark({ view, citation });
    this.#steer();
    this.#setOpen(true);
    const place = article && located(article, citation);
    if (article && place) this.#fill(article, place.span, place.moved ? MOVED : null, othersOf(article, view, citation));
    else this.#miss(citation.title, said ?? (article ? CHANGED : GONE), citation.sentence);
    if (focus) this.#panel.focus({ preventScroll: true });
    else announce(`Citation ${citation.marker}: ${visible(citation.sentence)}`);
  }

  /**
   * Shows an article by itself.
   * @param {Alone} alone
   */
  async read({ id, span }) {
    const { article, said } = await this.#fetched(id);
    if (article === undefined) return;
    this.#address = addressOf({ article: id, ...(span ? { span } : {}) });
    this.#mark(null);
    this.#steer();
    this.#setOpen(true);
    if (article) this.#fill(article, span, null);
    else this.#miss(id, said ?? NONE, null);
    this.#panel.focus({ preventScroll: true });
  }

  /** Closes the panel; whether it was open. */
  close({ back = true } = {}) {
    this.#request += 1; // a reply that is still on its way is no longer wanted
    if (!this.#isOpen) return false;
    const cited = this.#cited;
    this.#mark(null);
    this.#setOpen(false);
    if (back) (cited?.view.button(cited.citation.marker) ?? find(".dl-question")).focus();
    return true;
  }

  #address = "";

  /**
   * An article, null if there is none; undefined once another one is wanted. If it cannot be had, what is said of that.
   * @param {string} id
   * @returns {Promise<{ article?: Article | null, said?: string }>}
   */
  async #fetched(id) {
    const mine = (this.#request += 1);
    try {
      const article = await api.article(id);
      return mine === this.#request ? { article } : {};
    } catch (error) {
      return mine === this.#request ? { article: null, said: error instanceof Error ? error.message : String(error) } : {};
    }
  }

  /** @param {boolean} isOpen */
  #setOpen(isOpen) {
    this.#isOpen = isOpen;
    find(".dl").toggleAttribute("data-source", isOpen);
    this.#panel.hidden = !isOpen;
    // On a phone the panel covers the rest, which must then be out of reach of Tab and of a screen reader.
    const covers = isOpen && this.#phone.matches;
    for (const name of [".dl-chat", ".dl-rail"]) find(name).inert = covers;
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (covers) this.#panel.setAttribute(name, value);
      else this.#panel.removeAttribute(name);
    }
  }

  /** @param {Cited | null} cited */
  #mark(cited) {
    if (this.#cited && this.#cited.view !== cited?.view) this.#cited.view.show({ current: null });
    this.#cited = cited;
    cited?.view.show({ current: cited.citation.marker });
  }

  #steer() {
    const cited = this.#cited;
    const all = cited?.view.turn.citations ?? [];
    const at = all.findIndex((each) => each.marker === cited?.citation.marker);
    find(".dl-place").textContent = cited ? `Citation ${cited.citation.marker}${all.length > 1 ? ` of ${all.length}` : ""}` : "Article";
    find(".dl-previous").hidden = find(".dl-next").hidden = !cited;
    findButton(".dl-previous").disabled = at <= 0;
    findButton(".dl-next").disabled = at >= all.length - 1;
    const isWrong = cited !== null && cited.view.turn.wrong.includes(cited.citation.marker);
    find(".dl-wrong").setAttribute("aria-pressed", String(isWrong));
    find(".dl-wrong span").textContent = isWrong ? "Marked as wrong" : "This citation is wrong";
    find(".dl-wrong").title = isWrong ? "Take it back" : "";
    find(".dl-wrong").hidden = !cited || cited.view.turn.number === null;
  }

  /**
   * @param {Article} article @param {[number, number] | null} span @param {string | null} remark
   * @param {[number, number][]} [others] the other sentences of it that are cited
   */
  #fill(article, span, remark, others = []) {
    this.#head(article.title, remark);
    find(".dl-source-head .dl-origin").replaceChildren(
      ...(originOf(article) ? [make("span", { text: originOf(article) })] : []),
      ...original(article.url),
    );
    const text = find(".dl-text");
    const shown = paragraphs(article, span, others);
    text.classList.toggle("dl-wrapped", shown.wrapped);
    text.replaceChildren(...shown.paragraphs.map((each) => make("p", { dir: "auto" }, ...written(each))));
    this.#bringIntoView("mark");
  }

  /** @param {string} title @param {string} reason @param {string | null} sentence */
  #miss(title, reason, sentence) {
    this.#head(title, null);
    find(".dl-source-head .dl-origin").replaceChildren();
    find(".dl-text").replaceChildren(
      make("p", { class: "dl-missing", text: reason }),
      ...(sentence === null ? [] : [make("p", { class: "dl-note", text: "The sentence that was cited:" })]),
      ...(sentence === null ? [] : [make("blockquote", { dir: "auto" }, ...written(pieces(sentence)))]),
    );
    this.#bringIntoView(".dl-missing");
  }

  /** @param {string} title @param {string | null} remark */
  #head(title, remark) {
    find(".dl-source-title").textContent = visible(title);
    this.#panel.setAttribute("aria-label", `Source: ${visible(title)}`);
    find(".dl-remark").hidden = !remark;
    find(".dl-remark").textContent = remark ?? "";
  }

  /** @param {string} selector */
  #bringIntoView(selector) {
    const scroller = find(".dl-scroll");
    const atOnce = this.#phone.matches || matchMedia("(prefers-reduced-motion: reduce)").matches;
    requestAnimationFrame(() => {
      const target = scroller.querySelector(selector);
      if (!(target instanceof HTMLElement)) return void scroller.scrollTo({ top: 0 });
      // Only the panel scrolls: `scrollIntoView` would move the page behind it too.
      const inside = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      const room = Math.max(24, (scroller.clientHeight - target.offsetHeight) / 2.5);
      scroller.scrollTo({ top: inside - room, behavior: atOnce ? "auto" : "smooth" });
    });
  }

  /** @param {number} by */
  #step(by) {
    if (!this.#cited) return;
    const { view, citation } = this.#cited;
    const all = view.turn.citations;
    const next = all[all.findIndex((each) => each.marker === citation.marker) + by];
    if (next) this.#page.step(view, next.marker);
  }

  async #judge() {
    if (!this.#cited) return;
    await this.#page.judge(this.#cited);
    this.#steer();
  }

  async #link() {
    try {
      await copied(new URL(this.#address, location.href).href);
      find(".dl-link span").textContent = "Link copied";
    } catch {
      find(".dl-link span").textContent = "Copying is not allowed here";
    }
    announce(find(".dl-link span").textContent ?? "");
    setTimeout(() => (find(".dl-link span").textContent = "Copy the link"), 2_500);
  }
}

/**
 * Where the other sentences of an article stand that an answer cites.
 * @param {Article} article @param {View} view @param {Citation} citation
 * @returns {[number, number][]}
 */
const othersOf = (article, { turn }, { marker }) =>
  turn.citations.flatMap((each) => {
    const place = each.article_id === article.id && each.marker !== marker ? located(article, each) : null;
    return place ? [place.span] : [];
  });

/** @param {string | null} url */
const original = (url) => {
  let address;
  try {
    address = new URL(url ?? "");
  } catch {
    return [];
  }
  // A password in an address would be sent, and hides what the host is.
  if (!["http:", "https:"].includes(address.protocol) || address.username || address.password) return [];
  const link = { href: address.href, target: "_blank", rel: "noopener noreferrer", "aria-label": `Read the original at ${address.host}` };
  return [make("a", link, address.host, icon("out"))];
};
