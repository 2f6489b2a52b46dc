// Changing the articles: files are added, and articles removed, restored and read again, with how far it is.

import { Lost, api } from "./api.js";
import { find, findButton, findField, make } from "./dom.js";
import { visible } from "./text.js";

/** @typedef {import("../types.d.ts").Change} Change */
/** @typedef {import("../types.d.ts").Library} Library */
/** @typedef {import("../types.d.ts").Outcome} Outcome */
/** @typedef {{ file: string, reason: string }} Fault */

const AT_ONCE = 200; // files that one change may add
/** @type {Record<string, string>} */
const STAGES = { "Reading and embedding": "Reading", "Vector index": "Building the index" };
const TOOLS = [".dl-library-add", ".dl-library-more"];

/**
 * @param {() => void} changed after a change
 */
export const changes = (changed) => {
  const dialog = find(".dl-library");
  const files = findField(".dl-library-files");
  const folder = findField(".dl-library-folder");
  /** @type {Library} */
  let about = { articles: 0, sources: [], days: null, can_change: false, suffixes: [], max_bytes: 0 };

  /** @param {boolean} isBusy @param {string} [text] @param {number | null} [part] how much of it is done */
  const busy = (isBusy, text = "", part = null) => {
    find(".dl-progress").hidden = !isBusy;
    find(".dl-progress span").textContent = visible(text);
    const bar = /** @type {HTMLProgressElement} */ (find(".dl-progress progress"));
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
    for (const name of TOOLS) findButton(name).disabled = isBusy;
  };

  /** @param {Change} wanted @param {Fault[]} [before] faults that were found before */
  const change = async (wanted, before = []) => {
    busy(true, "Waiting");
    report(await outcomeOf(wanted, busy), before);
    busy(false);
    changed();
  };

  /** @param {File} file */
  const faultOf = (file) => {
    const name = file.name.toLowerCase();
    if (!about.suffixes.some((suffix) => name.endsWith(suffix))) return `files of this kind cannot be read; add files that end in ${about.suffixes.join(", ")}.`;
    if (file.size > about.max_bytes) return `is larger than ${Math.round(about.max_bytes / 2 ** 20)} MB; split it, or add it with dateline index.`;
    return null;
  };

  /** @param {File[]} chosen */
  const add = async (chosen) => {
    /** @type {Fault[]} */
    const faults = [];
    /** @type {{ id: string, name: string }[]} */
    const came = [];
    for (const [at, file] of chosen.entries()) {
      const reason = at < AT_ONCE ? faultOf(file) : `is beyond ${AT_ONCE} files; add it once more.`;
      busy(true, `Sending ${file.name}`, at / chosen.length);
      try {
        if (reason) faults.push({ file: file.name, reason });
        else came.push({ id: await api.upload(file), name: file.name });
      } catch (error) {
        faults.push({ file: file.name, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    busy(false);
    if (came.length) await change({ action: "add", files: came }, faults);
    else report({}, faults);
  };

  files.addEventListener("change", () => {
    const chosen = [...(files.files ?? [])];
    files.value = "";
    if (chosen.length) add(chosen);
  });
  // Of a folder, what can be read: it may hold much else, of which each file need not be named.
  folder.addEventListener("change", () => {
    const all = [...(folder.files ?? [])];
    folder.value = "";
    const chosen = all.filter((file) => !file.name.startsWith(".") && about.suffixes.some((suffix) => file.name.toLowerCase().endsWith(suffix)));
    if (chosen.length) add(chosen);
    else if (all.length) report({ error: `No file in that folder can be read; add files that end in ${about.suffixes.join(", ")}.` }, []);
  });
  for (const name of /** @type {const} */ (["dragover", "dragleave", "drop"])) {
    dialog.addEventListener(name, (dragged) => {
      dragged.preventDefault();
      dialog.toggleAttribute("data-dropping", name === "dragover");
      if (name === "drop" && about.can_change) add([...(dragged.dataTransfer?.files ?? [])]);
    });
  }

  return {
    change,
    /** @param {string} what "files" or "folder" to add */
    choose: (what) => (what === "folder" ? folder : files).click(),
    /** @param {Library} now what may be done */
    use: (now) => {
      about = now;
      files.accept = about.suffixes.join(",");
      find(".dl-report").replaceChildren();
      for (const name of TOOLS) find(name).hidden = !about.can_change;
    },
  };
};

/**
 * Does it, and says what came of it.
 * @param {Change} wanted
 * @param {(isBusy: boolean, text: string, part: number | null) => void} busy
 * @returns {Promise<Outcome>}
 */
const outcomeOf = async (wanted, busy) => {
  try {
    for await (const { event, data } of api.change(wanted)) {
      if (event === "done") return data;
      if (event === "error") return { error: data.error.charAt(0).toUpperCase() + data.error.slice(1) };
      busy(true, STAGES[data.stage] ?? data.stage, data.of ? data.done / data.of : null);
    }
    throw new Lost();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};

/** @param {Outcome} outcome @param {Fault[]} before */
const report = (outcome, before) => {
  const counts = /** @type {const} */ (["added", "updated", "removed", "unchanged"]);
  const said = counts.filter((name) => outcome[name]).map((name) => `${outcome[name]} ${name}`);
  const line = outcome.error ?? (said.length ? `Articles: ${said.join(", ")}.` : "No article was added.");
  const faults = [...before, ...(outcome.faults ?? [])];
  const items = faults.map(({ file, reason }) => make("li", {}, make("bdi", { text: file }), `: ${visible(reason)}`));
  find(".dl-report").replaceChildren(
    make("p", { text: line }),
    ...(outcome.note ? [make("p", { text: outcome.note })] : []),
    ...(items.length ? [make("ul", { "aria-label": "What could not be used" }, ...items)] : []),
  );
};
