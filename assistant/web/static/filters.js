// Which articles may answer: those of a source, of some days, or a single one.

import { make, visible } from "./dom.js";

// Which articles a question was asked of, in words; empty where it was all.
export const scopeOf = ({ titles = [], source, since, until } = {}) =>
  [...titles.map((title) => `“${title}”`), source, since && `from ${since}`, until && `to ${until}`].filter(Boolean).join(", ");

export const articleFilters = (root, server, { fail }) => {
  const find = (name) => root.querySelector(name);
  const panel = find(".dl-filters");
  const toggle = find(".dl-filter-toggle");
  const fields = ["source", "since", "until"].map((name) => panel.querySelector(`[name=${name}]`));
  let article = null;

  const chosen = () => {
    const among = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    return article ? { ...among, ids: [article.id], titles: [article.title] } : among;
  };

  const draw = () => {
    const isOn = Object.keys(chosen()).length > 0;
    toggle.toggleAttribute("data-on", isOn);
    const label = isOn ? "Only some articles may answer: change that" : "Choose the articles that may answer";
    toggle.setAttribute("aria-label", label);
    toggle.title = label;
    find(".dl-filter-article").hidden = !article;
    find(".dl-filter-title").textContent = visible(article?.title ?? "");
    find(".dl-filter-clear").hidden = !isOn;
    find(".dl-question").placeholder = isOn ? "Ask about some of the articles" : "Ask about the articles";
  };

  const show = (isOpen) => {
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };

  const refresh = async () => {
    try {
      const { sources } = await server.call("library");
      const [select] = fields;
      const before = select.value;
      const options = sources.map(({ source, articles }) => make("option", { value: source, text: `${source} (${articles})` }));
      select.replaceChildren(select.firstElementChild, ...options);
      select.value = sources.some(({ source }) => source === before) ? before : "";
      draw();
    } catch (error) {
      fail(error);
    }
  };

  const clear = () => {
    for (const field of fields) field.value = "";
    article = null;
    draw();
  };

  toggle.addEventListener("click", () => {
    show(panel.hidden);
    if (!panel.hidden) refresh();
  });
  panel.addEventListener("change", draw);
  find(".dl-filter-clear").addEventListener("click", () => {
    clear();
    find(".dl-question").focus();
  });
  return {
    chosen,
    refresh,
    only: (one) => {
      clear();
      article = one;
      draw();
      show(true);
      refresh(); // else there is no source to choose
    },
  };
};
