// The list of conversations: search it, open one, begin another; and what can be done with the one that is open.

import { make } from "./dom.js";

const PAUSE = 180; // ms after the last letter before a search
const FORMS = [["md", "Markdown"], ["json", "JSON"], ["html", "HTML to print"]];

// `open(number, turn)`, `begin()`, `current()` gives { id, title } of the conversation in the chat; `fail(error)`.
export const keptList = (root, server, { open, begin, current, titled, fail }) => {
  const find = (name) => root.querySelector(name);
  const list = find(".dl-list");
  const search = find(".dl-search");
  let asked = 0;

  const item = (each) => {
    const isCurrent = each.id === current().id;
    const questions = `${each.questions} ${each.questions === 1 ? "question" : "questions"}`;
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "dl-kept", "aria-current": isCurrent ? "true" : undefined, on: { click: () => choose(each) } },
        make("span", { class: "dl-kept-title", dir: "auto", text: each.title }),
        make("span", { class: "dl-kept-more", dir: "auto", text: each.excerpt || `${when(each.changed_at)} · ${questions}` }),
      ),
    );
  };

  const refresh = async () => {
    const mine = (asked += 1);
    const words = search.value.trim();
    try {
      const found = await server.call("conversations", { words });
      if (mine !== asked) return;
      list.replaceChildren(...found.map(item));
      const empty = find(".dl-list-empty");
      empty.hidden = found.length > 0;
      empty.textContent = words ? "No conversation has these words." : "Conversations are kept here, and nobody else sees them.";
    } catch (error) {
      fail(error);
    }
  };

  const choose = (each) => {
    showRail(false);
    open(each.id, each.turn);
  };

  const showRail = (isOpen) => {
    root.toggleAttribute("data-rail", isOpen);
    find(".dl-menu").setAttribute("aria-expanded", String(isOpen));
    if (isOpen) find(".dl-rail-close").focus();
  };

  const hideRail = () => {
    if (!root.hasAttribute("data-rail")) return false;
    showRail(false);
    find(".dl-menu").focus();
    return true;
  };

  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  find(".dl-menu").addEventListener("click", () => showRail(true));
  find(".dl-rail-close").addEventListener("click", hideRail);
  find(".dl-rail-scrim").addEventListener("click", hideRail);
  find(".dl-new").addEventListener("click", () => {
    showRail(false);
    begin();
  });

  const rename = () => {
    const { id, title } = current();
    const field = make("input", { class: "dl-field dl-name", "aria-label": "Name of the conversation", maxlength: 200 });
    const heading = find(".dl-title");
    field.value = title;
    let ended = false;
    const end = async (keep) => {
      if (ended) return;
      ended = true;
      field.replaceWith(heading);
      find(".dl-rename").focus();
      if (!keep || field.value.trim() === title) return;
      try {
        titled(id, await server.call("rename", { conversation: id, name: field.value }));
        refresh();
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
    heading.replaceWith(field);
    field.select();
  };

  const remove = async () => {
    const { id, title } = current();
    if (!(await confirmed(root, `Delete “${title}”?`, "It cannot be brought back.", "Delete"))) return;
    try {
      await server.call("delete", { conversation: id });
      begin();
      refresh();
    } catch (error) {
      fail(error);
    }
  };

  const save = async (form) => {
    try {
      const file = await server.call("export", { conversation: current().id, form });
      const link = make("a", { href: URL.createObjectURL(new Blob([file.text], { type: file.type })), download: file.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      fail(error);
    }
  };

  find(".dl-rename").addEventListener("click", rename);
  find(".dl-delete").addEventListener("click", remove);
  menu(find(".dl-export"), FORMS, save);
  return { refresh, hideRail };
};

const when = (moment) => {
  const then = new Date(moment);
  const isToday = then.toDateString() === new Date().toDateString();
  return isToday ? then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : then.toLocaleDateString();
};

// A button that opens a menu: arrows, Home, End, Escape as everywhere.
const menu = (button, entries, choose) => {
  const close = ({ back = true } = {}) => {
    const closing = opened;
    opened = null; // before it goes, as the focus leaves it with that
    button.setAttribute("aria-expanded", "false");
    closing?.remove();
    if (back) button.focus();
  };
  let opened = null;
  button.addEventListener("click", () => {
    if (opened) return close();
    const items = entries.map(([key, label]) =>
      make("button", { type: "button", role: "menuitem", tabindex: -1, text: label, on: { click: () => (close(), choose(key)) } }),
    );
    opened = make("div", { class: "dl-menu-list", role: "menu", "aria-label": button.getAttribute("aria-label") }, ...items);
    opened.addEventListener("keydown", (event) => {
      const at = items.indexOf(document.activeElement);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
      if (next !== undefined) items.at(next % items.length).focus();
      if (event.key === "Escape") close();
      if (next !== undefined || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    opened.addEventListener("focusout", ({ relatedTarget }) => {
      if (opened && !opened.contains(relatedTarget) && relatedTarget !== button) close({ back: false });
    });
    button.after(opened);
    button.setAttribute("aria-expanded", "true");
    items[0].focus();
  });
};

// A question that must be answered before anything is lost.
export const confirmed = (root, title, text, action) =>
  new Promise((resolve) => {
    const dialog = make(
      "dialog",
      { class: "dl-dialog dl-confirm", "aria-label": title },
      make("h2", { text: title, dir: "auto" }),
      make("p", { text }),
      make(
        "div",
        { class: "dl-confirm-tools" },
        make("button", { type: "button", class: "dl-button", text: "Cancel", on: { click: () => dialog.close() } }),
        make("button", { type: "button", class: "dl-button dl-danger", text: action, on: { click: () => dialog.close("yes") } }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    root.append(dialog);
    dialog.showModal();
  });
