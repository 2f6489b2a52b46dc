// The heading of a conversation, and what can be done with it: name, export, delete.

import { api } from "./api.js";
import { confirmed, menu } from "./dialog.js";
import { find, make } from "./dom.js";
import { visible } from "./text.js";

/** @type {[string, string][]} */
const FORMS = [["md", "Markdown"], ["json", "JSON"], ["html", "HTML to print"]];

/**
 * @param {object} page
 * @param {() => void} page.gone after it was deleted
 * @param {() => void} page.changed after it was named
 * @param {(error: unknown) => void} page.fail
 */
export const heading = ({ gone, changed, fail }) => {
  const title = find(".dl-title");
  /** @type {{ id: number | null, title: string }} */
  let shown = { id: null, title: "" };

  /** @param {number | null} id @param {string} name */
  const show = (id, name) => {
    shown = { id, title: name };
    title.textContent = visible(name || "Dateline");
    title.classList.toggle("dl-nameplate", !name);
    const first = document.querySelector(".dl-asked")?.textContent ?? "";
    title.toggleAttribute("data-asked", name !== "" && first.startsWith(name.replace(/…$/, "")));
    find(".dl-bar-tools").hidden = id === null;
    document.title = name ? `${visible(name)} – Dateline` : "Dateline";
  };

  const rename = () => {
    const { id } = shown;
    if (id === null) return;
    const field = make("input", { class: "dl-field dl-name", "aria-label": "Name of the conversation", maxlength: 200 });
    field.value = shown.title;
    let ended = false;
    /** @param {boolean} keep */
    const end = async (keep) => {
      if (ended) return;
      ended = true;
      field.replaceWith(title);
      find(".dl-rename").focus();
      if (!keep || field.value.trim() === shown.title) return;
      try {
        const name = await api.rename(id, field.value);
        if (id === shown.id) show(id, name); // another one may have been opened meanwhile
        changed();
      } catch (error) {
        fail(error);
      }
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
      if (!["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault(); // else Enter would press the button that has the focus now
      event.stopPropagation();
    });
    field.addEventListener("blur", () => end(true));
    title.replaceWith(field);
    field.select();
  };

  const remove = async () => {
    const { id } = shown;
    if (id === null || !(await confirmed(`Delete “${shown.title}”?`, "It cannot be brought back.", "Delete"))) return;
    try {
      await api.remove(id);
      gone();
    } catch (error) {
      fail(error);
    }
  };

  /** @param {string} form */
  const save = async (form) => {
    if (shown.id === null) return;
    try {
      const { name, file } = await api.export(shown.id, form);
      const link = make("a", { href: URL.createObjectURL(file), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      fail(error);
    }
  };

  find(".dl-rename").addEventListener("click", rename);
  find(".dl-delete").addEventListener("click", remove);
  menu(find(".dl-export"), FORMS, save);
  return { show };
};
