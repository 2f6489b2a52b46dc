// The settings: how the page looks, which Writer is set, where the data lies, and deleting one's conversations.

import { api } from "./api.js";
import { confirmed } from "./dialog.js";
import { find, make } from "./dom.js";
import { remember } from "./remember.js";
import { visible } from "./text.js";

/** @typedef {import("../types.d.ts").SettingsInForce} SettingsInForce */

const store = () => localStorage;

/** @type {Record<string, string>} */
const THROUGH = { ollama: "Ollama", openai: "an OpenAI-compatible server", gguf: "a GGUF file" };

/** @param {SettingsInForce["writer"]} writer */
const writing = (writer) =>
  writer === null
    ? [
        "No language model is set. Answers are sentences of the articles, word for word, so nothing in them is made up.",
        "To have a model on this machine phrase them, start Dateline with DATELINE_WRITER=auto. Then the Verifier checks each of its statements against the sentences that it cites: what they do not say, every number, name and quotation included, is not shown.",
      ]
    : [
        writer.kind === "auto"
          ? "The first chat model that a server on this machine offers; without one, answers are sentences of the articles."
          : `${writer.model}, through ${THROUGH[writer.kind]}${writer.url ? ` at ${writer.url}` : ""}.`,
        "The Verifier checks each of its statements against the sentences that it cites. What they do not say, every number, name and quotation included, is not shown: the source sentence stands in its place.",
      ];

/**
 * @param {object} page
 * @param {(error: unknown) => void} page.fail
 * @param {() => void} page.forgotten after all conversations were deleted
 */
export const settingsDialog = ({ fail, forgotten }) => {
  const dialog = /** @type {HTMLDialogElement} */ (find(".dl-settings"));

  const open = async () => {
    for (const radio of dialog.querySelectorAll("input")) radio.checked = radio.value === (document.documentElement.dataset[radio.name] ?? "");
    dialog.showModal();
    try {
      const { writer, home } = await api.settings();
      find(".dl-settings-writing").replaceChildren(...writing(writer).map((text) => make("p", { text })));
      find(".dl-settings-data").hidden = home === null;
      find(".dl-settings-home").textContent = visible(home ?? "");
    } catch (error) {
      fail(error);
    }
  };

  const forget = async () => {
    if (!(await confirmed("Delete all your conversations?", "They cannot be brought back.", "Delete all"))) return;
    try {
      await api.removeAll();
      dialog.close();
      forgotten();
    } catch (error) {
      fail(error);
    }
  };

  dialog.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.value) document.documentElement.dataset[target.name] = target.value;
    else delete document.documentElement.dataset[target.name];
    remember(store, `dateline-${target.name}`, target.value || null);
  });
  find(".dl-open-settings").addEventListener("click", open);
  find(".dl-settings-close").addEventListener("click", () => dialog.close());
  find(".dl-delete-all").addEventListener("click", forget);
};
