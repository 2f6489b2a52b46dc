// The articles that an answer comes from, each once, as cards: the headline, where it stood, and how often it is cited.

import { make } from "./dom.js";
import { counted, dayOf, outletOf } from "./text.js";

/** @typedef {import("../types.d.ts").Citation} Citation */

/**
 * @param {import("./turn.js").View} view
 * @param {import("./turn.js").Actions} actions
 */
export const sourcesOf = (view, actions) => {
  /** @type {Map<string, Citation[]>} */
  const articles = new Map();
  for (const citation of view.turn.citations) {
    articles.set(citation.article_id, [...(articles.get(citation.article_id) ?? []), citation]);
  }
  const items = [...articles.values()].map((cited) => make("li", {}, card(view, cited, actions)));
  return [
    make("h3", { class: "dl-part", text: articles.size === 1 ? "Source" : counted(articles.size, "source") }),
    make("ul", { class: "dl-sources", "aria-label": "Sources" }, ...items),
  ];
};

/** @param {import("./turn.js").View} view @param {Citation[]} cited @param {import("./turn.js").Actions} actions */
const card = (view, cited, actions) => {
  const [first] = cited;
  const outlet = outletOf(first.source);
  const numbers = cited.map(({ marker }) => make("span", { class: "dl-number", text: String(marker) }));
  return make(
    "button",
    { type: "button", class: "dl-from", "data-key": `from-${first.marker}`, on: { click: () => actions.cite(view, first.marker) } },
    make("span", { class: "dl-from-title", dir: "auto", text: first.title }),
    outlet ? make("span", { class: "dl-from-outlet", text: outlet }) : null,
    make(
      "span",
      { class: "dl-from-foot" },
      first.date ? make("time", { datetime: first.date, text: dayOf(first.date) }) : null,
      make("span", { class: "dl-unseen", text: cited.length === 1 ? ", citation" : ", citations" }),
      ...numbers,
    ),
  );
};
