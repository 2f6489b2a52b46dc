// Which articles may answer: those of a source, of some days, or a single one. The choice lasts as long as the tab.

import { api } from "./api.js";
import { find, findField, make } from "./dom.js";
import { recall, remember } from "./remember.js";
import { visible } from "./text.js";

/** @typedef {import("../types.d.ts").Among} Among */

const KEPT = "dateline-among";
const NAMES = /** @type {const} */ (["source", "since", "until"]);
const tab = () => sessionStorage;

/**
 * @param {{ fail: (error: unknown) => void }} page
 */
export const articleFilters = ({ fail }) => {
  const panel = find(".dl-filters");
  const toggle = find(".dl-filter-toggle");
  const wrong = find(".dl-filter-wrong");
  const fields = NAMES.map((name) => findField(`.dl-filters [name=${name}]`));
  const [source, since, until] = fields;
  /** @type {{ id: string, title: string } | null} */
  let article = null;

  /** @returns {Among} */
  const chosen = () => {
    const among = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    return article ? { ...among, ids: [article.id], titles: [article.title] } : among;
  };

  const isInOrder = () => !since.value || !until.value || since.value <= until.value;

  const draw = () => {
    const among = chosen();
    const isOn = Object.keys(among).length > 0;
    toggle.toggleAttribute("data-on", isOn);
    const label = isOn ? "Only some articles may answer: change that" : "Choose the articles that may answer";
    toggle.setAttribute("aria-label", label);
    toggle.title = label;
    find(".dl-filter-article").hidden = !article;
    find(".dl-filter-title").textContent = visible(article?.title ?? "");
    find(".dl-filter-clear").hidden = !isOn;
    findField(".dl-question").placeholder = isOn ? "Ask about some of the articles" : "Ask about the articles";
    wrong.textContent = isInOrder() ? "" : "From is later than To; change one of them.";
    for (const field of [since, until]) field.setAttribute("aria-invalid", String(!isInOrder()));
    remember(tab, KEPT, isOn ? JSON.stringify(among) : null);
  };

  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };

  /** @param {string} name of an outlet @param {number} [articles] that it has, if that is known */
  const option = (name, articles) => make("option", { value: name, text: articles === undefined ? name : `${name} (${articles})` });

  const refresh = async () => {
    try {
      const { sources } = await api.library();
      const before = source.value;
      source.replaceChildren(
        make("option", { value: "", text: "All sources" }),
        ...sources.map((each) => option(each.source, each.articles)),
        // What was chosen and is there no more stays chosen until the user changes it: then nothing fits, and it is said.
        ...(before && !sources.some((each) => each.source === before) ? [option(before)] : []),
      );
      source.value = before;
    } catch (error) {
      fail(error);
    }
  };

  /** @param {Among} among */
  const choose = (among) => {
    if (among.source) source.append(option(among.source)); // until they are refreshed
    for (const field of fields) field.value = among[/** @type {"source" | "since" | "until"} */ (field.name)] ?? "";
    article = among.ids?.length ? { id: among.ids[0], title: among.titles?.[0] ?? among.ids[0] } : null;
    draw();
  };

  toggle.addEventListener("click", () => {
    show(panel.hidden);
    if (!panel.hidden) refresh();
  });
  panel.addEventListener("change", draw);
  find(".dl-filter-clear").addEventListener("click", () => {
    choose({});
    find(".dl-question").focus();
  });

  const kept = JSON.parse(recall(tab, KEPT) ?? "{}");
  choose(kept);
  if (Object.keys(kept).length) {
    show(true);
    refresh();
  }

  return {
    chosen,
    refresh,
    /** Whether the choice can be asked of; else it is said why not. */
    check: () => {
      if (isInOrder()) return true;
      show(true);
      until.focus();
      return false;
    },
    /** @param {{ id: string, title: string }} one the only article that may answer */
    only: ({ id, title }) => {
      choose({ ids: [id], titles: [title] });
      show(true);
      refresh(); // else there is no source to choose
    },
  };
};
