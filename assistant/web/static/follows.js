// The questions that are followed: asked again by the server when the articles change, and marked where they are
// answered otherwise since their owner looked.

import { api } from "./api.js";
import { find, iconButton, make } from "./dom.js";
import { announce } from "./notices.js";
import { scopeOf } from "./wording.js";

/** @typedef {import("../types.d.ts").Among} Among */
/** @typedef {import("../types.d.ts").Watch} Watch */

const KEYS = /** @type {const} */ (["source", "since", "until", "words", "ids"]);
const SOON = 4_000; // ms after a change of the articles, in which the questions are asked again

/** @param {string} question @param {Among | null} among what tells one followed question from another */
const keyOf = (question, among) => JSON.stringify([question.trim(), ...KEYS.map((key) => (among?.[key]?.length ? among[key] : null))]);

/**
 * @param {object} page
 * @param {(question: string, among: Among) => void} page.ask in a conversation of its own
 * @param {() => void} page.changed other questions are followed now
 * @param {(error: unknown) => void} page.fail
 */
export const follows = ({ ask, changed, fail }) => {
  /** @type {Watch[]} */
  let watches = [];

  /** @param {Watch} watch */
  const item = (watch) => {
    const { id, question, among, answer, number } = watch;
    const now = answer.short_answer ?? answer.statements[0]?.text ?? answer.reason?.text ?? "";
    const look = async () => {
      ask(question, among ?? {});
      if (!watch.changed) return;
      await api.looked(id, number).catch(fail);
      refresh();
    };
    return make(
      "li",
      { class: "dl-followed", "data-changed": watch.changed },
      make(
        "button",
        { type: "button", class: "dl-kept", title: among ? `Asked only of: ${scopeOf(among)}` : null, on: { click: look } },
        make("span", { class: "dl-kept-title", dir: "auto" }, watch.changed ? make("span", { class: "dl-unseen", text: "Changed since you looked: " }) : null, question),
        make("span", { class: "dl-kept-more", dir: "auto", text: watch.changed ? `Now: ${now}` : now }),
      ),
      iconButton("close", `Follow no more: ${question}`, { click: () => leave(id) }, { title: "Follow no more" }),
    );
  };

  const refresh = async () => {
    try {
      watches = await api.watches();
    } catch (error) {
      return fail(error);
    }
    find(".dl-follows").hidden = !watches.length;
    find(".dl-follows ul").replaceChildren(...watches.map(item));
    changed();
  };

  /** @param {number} id */
  const leave = async (id) => {
    try {
      await api.followNoMore(id);
      announce("No longer followed.");
    } catch (error) {
      fail(error);
    }
    await refresh();
  };

  document.addEventListener("visibilitychange", () => document.hidden || refresh());

  /** @param {{ question: string, among: Among }} turn its number, if it is followed */
  const idOf = ({ question, among }) => watches.find((each) => keyOf(each.question, each.among) === keyOf(question, among))?.id ?? null;

  return {
    refresh,
    idOf,
    soon: () => void setTimeout(refresh, SOON),
    /** @param {{ question: string, among: Among }} turn */
    toggle: async (turn) => {
      const id = idOf(turn);
      if (id !== null) return leave(id);
      try {
        await api.follow(turn.question, turn.among);
        announce("Followed: it is asked again when the articles change.");
      } catch (error) {
        fail(error);
      }
      await refresh();
    },
  };
};
