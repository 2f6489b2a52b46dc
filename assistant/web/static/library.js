// The articles: what is indexed, looked through, added to, removed from, and read again.

import { icon, iconButton, make, originOf, visible } from "./dom.js";
import { confirmed } from "./kept.js";

const PAUSE = 180;
const day = (moment) => new Date(moment).toLocaleDateString();
const STAGES = { "Reading and embedding": "Reading", "Vector index": "Building the index" };

// `only(article)` asks that article alone from now on; `changed()` after a change.
export const libraryDialog = (root, server, { fail, only, changed }) => {
  const find = (name) => root.querySelector(name);
  const dialog = find(".dl-library");
  const list = find(".dl-articles");
  const words = find(".dl-library-words");
  const files = find(".dl-library-files");
  const report = find(".dl-report");
  const bin = find(".dl-library-removed");
  let about = { can_change: false, suffixes: [], max_bytes: 0 };
  let asked = 0;

  const item = (article) => {
    const sentences = `${article.sentences} ${article.sentences === 1 ? "sentence" : "sentences"}`;
    return make(
      "li",
      { class: "dl-article" },
      make(
        "div",
        {},
        make("p", { class: "dl-article-title", dir: "auto", text: article.title }),
        make("p", { class: "dl-origin", text: [originOf(article), sentences].filter(Boolean).join(" · ") }),
      ),
      make(
        "button",
        { type: "button", class: "dl-quiet-button", "aria-label": `Ask only ${article.title}`, on: { click: () => (dialog.close(), only(article)) } },
        icon("filter"),
        make("span", { text: "Ask only this" }),
      ),
      about.can_change ? iconButton("delete", `Remove ${article.title}`, { click: () => remove(article) }, { title: "Remove" }) : null,
    );
  };

  const removedItem = (each) =>
    make(
      "li",
      { class: "dl-article" },
      make(
        "div",
        {},
        make("p", { class: "dl-article-title", dir: "auto", text: each.title }),
        make("p", { class: "dl-origin", text: `Removed ${day(each.at)} by ${each.who} · kept until ${day(each.until)}` }),
      ),
      make("button", { type: "button", class: "dl-button", "aria-label": `Restore ${each.title}`, text: "Restore", on: { click: () => change({ action: "restore", keys: [each.key] }) } }),
    );

  const showRemoved = async (mine) => {
    const sought = words.value.trim().toLowerCase();
    const removed = (await server.call("removed")).filter((each) => each.title.toLowerCase().includes(sought));
    if (mine !== asked) return;
    list.replaceChildren(...removed.map(removedItem));
    find(".dl-library-count").textContent = `${removed.length} removed in the last 30 days`;
  };

  const refresh = async ({ more = false } = {}) => {
    const mine = (asked += 1);
    const offset = more ? list.querySelectorAll(".dl-article").length : 0;
    try {
      if (bin.getAttribute("aria-pressed") === "true") return await showRemoved(mine);
      const { total, articles } = await server.call("articles", { words: words.value.trim(), offset });
      if (mine !== asked) return;
      list.querySelector(".dl-more")?.remove();
      if (!more) list.replaceChildren();
      list.append(...articles.map(item));
      if (offset + articles.length < total) {
        const next = make("button", { type: "button", class: "dl-button", text: "Show more", on: { click: () => refresh({ more: true }) } });
        list.append(make("li", { class: "dl-more" }, next));
      }
      const count = `${total.toLocaleString("en")} ${total === 1 ? "article" : "articles"}`;
      find(".dl-library-count").textContent = words.value.trim() ? `${count} with these words` : count;
      if (!words.value.trim()) find(".dl-count").textContent = total.toLocaleString("en");
    } catch (error) {
      fail(error);
    }
  };

  const busy = (isBusy, text = "", part = null) => {
    find(".dl-progress").hidden = !isBusy;
    find(".dl-progress span").textContent = visible(text);
    const bar = find(".dl-progress progress");
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
    for (const name of [".dl-library-add", ".dl-library-refresh"]) find(name).disabled = isBusy;
  };

  const told = (outcome, faults) => {
    const said = ["added", "updated", "removed", "unchanged"].filter((name) => outcome[name]).map((name) => `${outcome[name]} ${name}`);
    const line = outcome.error ?? (said.length ? `Articles: ${said.join(", ")}.` : "No article was added.");
    const items = faults.map(({ file, reason }) => make("li", {}, make("bdi", { text: file }), ": " + reason));
    const notes = outcome.note ? [make("p", { text: outcome.note })] : [];
    report.replaceChildren(make("p", { text: line }), ...notes, ...(items.length ? [make("ul", { "aria-label": "What could not be used" }, ...items)] : []));
  };

  const change = (wanted, before = []) =>
    new Promise((resolve) => {
      server.change(wanted, (news) => {
        if (news.state === "running") {
          busy(true, STAGES[news.stage] ?? news.stage, news.of ? news.done / news.of : null);
          return;
        }
        busy(false);
        told(news, [...before, ...(news.faults ?? [])]);
        refresh();
        changed();
        resolve();
      });
    });

  const fault = (file) => {
    const name = file.name.toLowerCase();
    if (!about.suffixes.some((suffix) => name.endsWith(suffix))) return `files of this kind cannot be read; add files that end in ${about.suffixes.join(", ")}.`;
    if (file.size > about.max_bytes) return `is larger than ${Math.round(about.max_bytes / 2 ** 20)} MB; split it, or add it with dateline index.`;
    return null;
  };

  const add = async (chosen) => {
    const faults = chosen.flatMap((file) => (fault(file) ? [{ file: file.name, reason: fault(file) }] : []));
    const good = chosen.filter((file) => !fault(file));
    const came = [];
    for (const [at, file] of good.entries()) {
      busy(true, `Sending ${file.name}`, at / good.length);
      try {
        came.push({ id: await server.upload(file), name: file.name });
      } catch (error) {
        faults.push({ file: file.name, reason: error.message });
      }
    }
    busy(false);
    if (!came.length) return told({}, faults);
    await change({ action: "add", files: came.map(({ id }) => id), names: came.map(({ name }) => name) }, faults);
  };

  const remove = async (article) => {
    if (!(await confirmed(root, `Remove “${article.title}”?`, "No answer will cite it any more. It can be restored for 30 days.", "Remove"))) return;
    await change({ action: "remove", ids: [article.id] });
    list.focus();
  };

  const open = async () => {
    report.replaceChildren();
    dialog.showModal();
    words.focus();
    try {
      about = await server.call("library");
    } catch (error) {
      fail(error);
    }
    files.accept = about.suffixes.join(",");
    for (const name of [".dl-library-add", ".dl-library-refresh", ".dl-library-removed"]) find(name).hidden = !about.can_change;
    refresh();
  };

  let timer;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  find(".dl-open-library").addEventListener("click", open);
  find(".dl-library-close").addEventListener("click", () => dialog.close());
  // In a field for searching, Escape would only empty the field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  find(".dl-library-add").addEventListener("click", () => files.click());
  bin.addEventListener("click", () => {
    bin.setAttribute("aria-pressed", String(bin.getAttribute("aria-pressed") !== "true"));
    refresh();
  });
  find(".dl-library-refresh").addEventListener("click", () => change({ action: "refresh" }));
  files.addEventListener("change", () => {
    const chosen = [...files.files];
    files.value = "";
    if (chosen.length) add(chosen);
  });
  for (const event of ["dragover", "dragleave", "drop"]) {
    dialog.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      dialog.toggleAttribute("data-dropping", event === "dragover");
      if (event === "drop" && about.can_change) add([...dragged.dataTransfer.files]);
    });
  }
};
