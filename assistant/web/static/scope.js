// Which articles may answer: those of some days or of an outlet, as of a day, or chosen ones. It is said in the box in
// which questions are typed, is changed over it, and lasts as long as the tab.

import { api } from "./api.js";
import { before, span } from "./days.js";
import { find, findButton, findField, iconButton, make } from "./dom.js";
import { recall, remember } from "./remember.js";
import { counted, dayOf, visible } from "./text.js";

/** @typedef {import("../types.d.ts").Among} Among */
/** @typedef {import("../types.d.ts").Library} Library */

const KEPT = "dateline-among";
const tab = () => sessionStorage;
const phone = matchMedia("(max-width: 899px)");

/** @type {Record<string, number>} the days before the newest that a preset begins with */
const PRESETS = { week: 6, month: 29 };

/**
 * The days of a scope in words; empty where they are all.
 * @param {Among} among
 */
const daysOf = ({ since, until, as_of }) => {
  if (as_of) return `as of ${dayOf(as_of)}`;
  if (since && until) return span(since, until);
  if (since) return `since ${dayOf(since)}`;
  return until ? `up to ${dayOf(until)}` : "";
};

/**
 * @param {object} page
 * @param {(error: unknown) => void} page.fail
 * @param {() => void} page.changed after another choice
 * @param {() => void} page.choose opens the library, to choose articles
 * @param {() => void} page.left back to the question
 */
export const scope = ({ fail, changed, choose, left }) => {
  const dialog = /** @type {HTMLDialogElement} */ (find(".dl-scope-dialog"));
  const opener = find(".dl-scope-open");
  const [source, since, until, asOf] = ["source", "since", "until", "as_of"].map((name) => findField(`.dl-scope-dialog [name=${name}]`));
  const wrong = find(".dl-scope-wrong");
  /** @type {Among} */
  let among = JSON.parse(recall(tab, KEPT) ?? "{}");
  /** @type {Library | null} */
  let library = null;
  /** @type {"days" | "asof" | null} */
  let own = among.as_of ? "asof" : null; // which days are being chosen, where no preset is

  const isInOrder = () => !among.since || !among.until || among.since <= among.until;
  const isAll = () => Object.keys(among).length === 0;
  const preset = () => {
    const newest = library?.days?.last;
    const found = newest && among.since && !among.until && Object.keys(PRESETS).find((each) => before(newest, PRESETS[each]) === among.since);
    return own ?? (found || (among.since || among.until ? "days" : "any"));
  };

  const said = () => {
    const { ids = [], titles = [] } = among;
    const articles = ids.length === 1 ? `“${titles[0] ?? ids[0]}”` : ids.length && counted(ids.length, "chosen article");
    const all = library && library.articles !== 1 ? `All ${counted(library.articles, "article")}` : "All articles";
    return [articles, among.source, daysOf(among)].filter(Boolean).join(" · ") || all;
  };

  const draw = () => {
    find(".dl-scope-said").textContent = visible(said());
    opener.toggleAttribute("data-on", !isAll());
    find(".dl-scope-all").hidden = isAll();
    find(".dl-scope-clear").hidden = isAll();
    const mode = preset();
    for (const radio of dialog.querySelectorAll("[name=when]")) {
      if (radio instanceof HTMLInputElement) radio.checked = radio.value === mode;
    }
    find(".dl-scope-days").hidden = mode !== "days";
    find(".dl-scope-asof").hidden = mode !== "asof";
    for (const field of [source, since, until, asOf]) {
      const value = among[/** @type {"source" | "since" | "until" | "as_of"} */ (field.name)] ?? "";
      if (field.value !== value) field.value = value;
    }
    wrong.textContent = isInOrder() ? "" : "From is later than To; change one of them.";
    for (const field of [since, until]) field.setAttribute("aria-invalid", String(!isInOrder()));
    find(".dl-scope-chosen").replaceChildren(
      ...(among.ids ?? []).map((id, at) => {
        const title = among.titles?.[at] ?? id;
        const leave = () => {
          const [ids, titles] = [among.ids ?? [], among.titles ?? []].map((all) => all.toSpliced(at, 1));
          set({ ...among, ids, titles });
          findButton(".dl-scope-choose").focus();
        };
        return make("li", {}, make("span", { dir: "auto", text: title }), iconButton("close", `Leave out ${title}`, { click: leave }, { title: "Leave out" }));
      }),
    );
  };

  let counting = 0;
  /** Says how many articles fit. */
  const count = async () => {
    const mine = (counting += 1);
    const line = find(".dl-scope-count");
    if (!dialog.open || !isInOrder()) return void (line.textContent = "");
    const { ids, titles: _titles, as_of, ...wanted } = among;
    try {
      const fit = ids ? ids.length : (await api.articles({ ...wanted, ...(as_of ? { until: as_of } : {}), limit: 1 })).total;
      if (mine !== counting) return;
      line.textContent = fit ? `${counted(fit, "article")} may answer.` : "No article fits; choose other days, or another outlet.";
      line.toggleAttribute("data-empty", !fit);
    } catch (error) {
      fail(error);
    }
  };

  /** @param {Among} wanted */
  const set = (wanted) => {
    among = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value && value.length));
    remember(tab, KEPT, isAll() ? null : JSON.stringify(among));
    draw();
    count();
    if (isInOrder()) changed();
  };

  /** @param {string} name of an outlet @param {number} [articles] that it has, if that is known */
  const option = (name, articles) => make("option", { value: name, text: articles === undefined ? name : `${name} (${articles.toLocaleString("en")})` });

  const refresh = async () => {
    try {
      library = await api.library();
    } catch (error) {
      return fail(error);
    }
    const { sources, days } = library;
    const isThere = !among.source || sources.some((each) => each.source === among.source);
    source.replaceChildren(
      make("option", { value: "", text: "All outlets" }),
      ...sources.map((each) => option(each.source, each.articles)),
      // What was chosen and is there no more stays chosen until the user changes it: then nothing fits, and it is said.
      ...(isThere ? [] : [option(among.source ?? "")]),
    );
    find(".dl-scope-when").hidden = !days;
    find(".dl-scope-source").hidden = !sources.length && !among.source;
    for (const field of [since, until, asOf]) {
      field.min = days?.first ?? "";
      field.max = days?.last ?? "";
    }
    draw();
    count();
  };

  const open = () => {
    if (dialog.open) return close();
    if (phone.matches) dialog.showModal();
    else dialog.show();
    opener.setAttribute("aria-expanded", "true");
    refresh();
  };

  const close = ({ back = true } = {}) => {
    if (!dialog.open) return;
    dialog.close();
    if (back) opener.focus();
  };

  opener.addEventListener("click", open);
  dialog.addEventListener("close", () => opener.setAttribute("aria-expanded", "false"));
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  dialog.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    if (target.name !== "when") return set({ ...among, [target.name]: target.value });
    own = target.value === "days" || target.value === "asof" ? target.value : null;
    const newest = library?.days?.last;
    const { since: first, until: last, as_of, ...others } = among;
    if (own === "days") set({ ...others, since: first, until: last });
    else if (own === "asof") set({ ...others, as_of: as_of ?? newest });
    else set(newest && target.value in PRESETS ? { ...others, since: before(newest, PRESETS[target.value]) } : others);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!dialog.open || !(target instanceof Element) || opener.contains(target)) return;
    if (target === dialog ? dialog.matches(":modal") : !dialog.contains(target)) close({ back: false });
  });
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !dialog.contains(relatedTarget) && relatedTarget !== opener) close({ back: false });
  });
  const clear = () => {
    own = null;
    set({});
  };
  find(".dl-scope-all").addEventListener("click", () => {
    clear();
    left();
  });
  find(".dl-scope-clear").addEventListener("click", () => {
    clear();
    find(".dl-scope-done").focus();
  });
  for (const name of [".dl-scope-close", ".dl-scope-done"]) find(name).addEventListener("click", () => close());
  find(".dl-scope-choose").addEventListener("click", () => {
    close({ back: false });
    choose();
  });

  draw();
  return {
    /** @returns {Among} */
    chosen: () => among,
    refresh,
    /** Whether the choice can be asked of; else it is said why not. */
    check: () => {
      if (isInOrder()) return true;
      if (!dialog.open) open();
      until.focus();
      return false;
    },
    /** @param {{ id: string, title: string }} one the only article that may answer */
    only: ({ id, title }) => {
      own = null;
      set({ ids: [id], titles: [title] });
    },
  };
};
