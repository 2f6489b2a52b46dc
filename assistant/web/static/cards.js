// The articles that an answer comes from, each once, with the numbers of its citations.

import { make } from "./dom.js";
import { originOf } from "./text.js";

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
  const items = [...articles.values()].map((cited) => {
    const [first] = cited;
    const attributes = { type: "button", class: "dl-from", "data-key": `from-${first.marker}`, on: { click: () => actions.cite(view, first.marker) } };
    return make(
      "li",
      {},
      make(
        "button",
        attributes,
        make("span", { class: "dl-number", text: cited.map((each) => each.marker).join(", ") }),
        make("span", { class: "dl-from-title", dir: "auto", text: first.title }),
        make("span", { class: "dl-from-origin", text: originOf(first) }),
      ),
    );
  });
  return make("ul", { class: "dl-sources", "aria-label": "Sources" }, ...items);
};
