// The source panel: the whole article of a citation, its sentence marked and brought into view.

import { make, originOf, visible, written } from "./dom.js";

// `judge(view, citation)` says that a citation is wrong; `announce(text)` is read to who does not see the page.
export const sourcePanel = (root, server, { judge, announce }) => {
  const find = (name) => root.querySelector(name);
  const panel = find(".dl-source");
  const scroller = find(".dl-scroll");
  const phone = matchMedia("(max-width: 899px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let open = null; // { view, citation } of the citation that is shown
  let request = 0;

  const buttonOf = ({ view, citation }) => view.element.querySelector(`[data-key="cite-${citation.marker}"]`);

  const setOpen = (isOpen) => {
    root.toggleAttribute("data-source", isOpen);
    panel.hidden = !isOpen;
    // On a phone the panel covers the rest, which must then be out of reach of Tab and of a screen reader.
    const covers = isOpen && phone.matches;
    for (const name of [".dl-chat", ".dl-rail"]) find(name).inert = covers;
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (covers) panel.setAttribute(name, value);
      else panel.removeAttribute(name);
    }
  };

  const mark = (shown) => {
    for (const button of root.querySelectorAll(".dl-cite[aria-current]")) button.removeAttribute("aria-current");
    if (shown) buttonOf(shown)?.setAttribute("aria-current", "true");
  };

  const steer = ({ view, citation }) => {
    const all = view.turn.citations;
    const at = all.findIndex((each) => each.marker === citation.marker);
    find(".dl-place").textContent = `Citation ${citation.marker}${all.length > 1 ? ` of ${all.length}` : ""}`;
    find(".dl-previous").disabled = at <= 0;
    find(".dl-next").disabled = at >= all.length - 1;
    const isWrong = (view.turn.wrong ?? []).includes(citation.marker);
    find(".dl-wrong").setAttribute("aria-pressed", String(isWrong));
    find(".dl-wrong span").textContent = isWrong ? "Marked as wrong" : "This citation is wrong";
    find(".dl-source-foot").hidden = !view.turn.turn;
  };

  const fill = (article) => {
    const title = find(".dl-source-title");
    title.textContent = visible(article.title);
    panel.setAttribute("aria-label", "Source: " + visible(article.title));
    find(".dl-source-head .dl-origin").replaceChildren(
      ...(originOf(article) ? [make("span", { text: originOf(article) })] : []),
      ...original(article.url),
    );
    find(".dl-remark").hidden = !article.remark;
    find(".dl-remark").textContent = article.remark ?? "";
    const text = find(".dl-text");
    text.classList.toggle("dl-wrapped", Boolean(article.wrapped));
    text.replaceChildren(...(article.paragraphs ? article.paragraphs.map(paragraph) : missing(article)));
    requestAnimationFrame(() => bringIntoView(scroller, text.querySelector("mark, .dl-missing"), calm.matches || phone.matches));
  };

  const show = async (view, citation, { focus = true } = {}) => {
    const mine = (request += 1);
    const { article_id, title, start, end, sentence } = citation;
    let article;
    try {
      article = await server.call("source", { article_id, title, start, end, sentence });
    } catch (error) {
      article = { title, reason: error.message, sentence: citation.pieces };
    }
    if (mine !== request) return; // another citation was chosen meanwhile
    open = { view, citation };
    setOpen(true);
    mark(open);
    steer(open);
    fill(article);
    if (focus) panel.focus({ preventScroll: true });
    else announce(`Citation ${citation.marker}: ${sentence}`);
  };

  const close = ({ back = true } = {}) => {
    request += 1; // a reply that is still on its way is no longer wanted
    if (!open) return false;
    const button = buttonOf(open);
    open = null;
    setOpen(false);
    mark(null);
    if (back) button?.focus({ preventScroll: false });
    return true;
  };

  const step = (by) => {
    if (!open) return;
    const all = open.view.turn.citations;
    const next = all[all.findIndex((each) => each.marker === open.citation.marker) + by];
    if (next) show(open.view, next, { focus: false });
  };

  find(".dl-previous").addEventListener("click", () => step(-1));
  find(".dl-next").addEventListener("click", () => step(1));
  find(".dl-close").addEventListener("click", () => close());
  find(".dl-source-scrim").addEventListener("click", () => close());
  find(".dl-wrong").addEventListener("click", async () => {
    if (!open) return;
    await judge(open.view, open.citation);
    if (open) steer(open);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  phone.addEventListener("change", () => setOpen(Boolean(open)));
  return { show, close };
};

const paragraph = (pieces) => make("p", { dir: "auto" }, ...written(pieces));

const original = (url) => {
  let address;
  try {
    address = new URL(url);
  } catch {
    return [];
  }
  if (!["http:", "https:"].includes(address.protocol)) return [];
  const link = make("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", text: "Read the original at " + address.host });
  return [link];
};

const missing = ({ reason, sentence }) => [
  make("p", { class: "dl-missing", text: reason }),
  make("p", { class: "dl-note", text: "The sentence that was cited:" }),
  make("blockquote", { dir: "auto" }, ...written(sentence)),
];

const bringIntoView = (scroller, target, atOnce) => {
  if (!target) return;
  // Only the panel scrolls: `scrollIntoView` would move the page behind it too.
  const inside = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  const room = Math.max(24, (scroller.clientHeight - target.offsetHeight) / 2.5);
  scroller.scrollTo({ top: inside - room, behavior: atOnce ? "auto" : "smooth" });
};
