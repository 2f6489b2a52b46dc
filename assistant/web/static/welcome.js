// What is shown of a conversation in which nothing has been asked yet.

import { api } from "./api.js";
import { find, make } from "./dom.js";
import { counted } from "./text.js";
import { suggestion } from "./turn.js";

/**
 * @param {(question: string) => void} ask
 * @param {(error: unknown) => void} fail
 */
export const welcome = async (ask, fail) => {
  const intro = make("div", { class: "dl-welcome" });
  find(".dl-turns").append(intro);
  try {
    const [{ articles }, questions] = await Promise.all([api.library(), api.suggestions()]);
    find(".dl-count").textContent = articles.toLocaleString("en");
    const count = `${counted(articles, "article is", "articles are")} indexed.`;
    intro.append(
      make("h3", { text: "Ask the articles" }),
      make("p", { text: `${count} Every answer comes from what is indexed, with a link to the exact sentence. Where it does not say, Dateline says so.` }),
      ...(questions.length ? [make("h4", { class: "dl-follow-head", text: "For example" })] : []),
      make("ul", {}, ...questions.map((question) => make("li", {}, suggestion(question, ask)))),
    );
  } catch (error) {
    fail(error);
  }
};
