// The source panel: opens on a citation, shows the article, marks the sentence and brings it into view.
//
// Runs once, inside a function of Gradio's: `element` is the panel, `trigger` sends an event to the server, `props.value`
// is what the server sent last, and `watch` tells when it changed. Text only ever enters the page through `textContent`.

const find = (name) => element.querySelector(name);
const panel = find(".dl-panel");
const scroller = find(".dl-scroll");
const page = element.closest("#dl-page");
const phone = window.matchMedia("(max-width: 899px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const links = 'a[href^="#cite-"]';

let request = 0;
let opener = null; // the link that the panel was opened from: where the focus goes back to

const make = (tag, text, name) => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
};

const webAddress = (text) => {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
};

const paragraph = (pieces) => {
  const made = document.createElement("p");
  made.dir = "auto";
  for (const piece of pieces) {
    const part = make(piece.marked ? "mark" : "span", piece.text);
    if (piece.marked) part.tabIndex = -1;
    made.append(part);
  }
  return made;
};

const original = (url) => {
  const address = url ? webAddress(url) : null;
  if (!address) return [];
  const link = make("a", "Read the original at " + address.host, "dl-original");
  link.href = address.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return [link];
};

const missing = (value) => {
  const reason = make("p", value.reason, "dl-missing");
  reason.tabIndex = -1;
  if (!value.sentence) return [reason];
  const quote = make("blockquote", value.sentence);
  quote.dir = "auto";
  return [reason, make("p", "The sentence that was cited:", "dl-note"), quote];
};

const bringIntoView = (target) => {
  // Only the panel scrolls: `scrollIntoView` would move the page behind it too.
  const inside = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  const room = Math.max(24, (scroller.clientHeight - target.offsetHeight) / 2.5);
  scroller.scrollTo({ top: inside - room, behavior: calm.matches || phone.matches ? "auto" : "smooth" });
  target.focus({ preventScroll: true });
};

const setOpen = (open) => {
  page.toggleAttribute("data-open", open);
  // On a phone the panel covers the chat, which must then be out of reach of Tab and of a screen reader.
  const chat = document.getElementById("dl-chat");
  if (chat) chat.inert = open && phone.matches;
  if (open && phone.matches) {
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-modal", "true");
  } else {
    panel.removeAttribute("role");
    panel.removeAttribute("aria-modal");
  }
};

const show = (value) => {
  if (!value || value.request !== request) return; // a reply to an earlier click
  const article = value.kind === "article";
  const title = find(".dl-panel-title");
  title.textContent = value.title;
  title.dir = "auto";
  find(".dl-panel-origin").replaceChildren(...(value.origin ? [make("span", value.origin)] : []), ...original(value.url));
  const text = find(".dl-text");
  text.classList.toggle("dl-wrapped", Boolean(value.wrapped));
  text.replaceChildren(...(article ? value.paragraphs.map(paragraph) : missing(value)));
  setOpen(true);
  for (const link of document.querySelectorAll(links)) link.classList.toggle("dl-current", link === opener);
  requestAnimationFrame(() => bringIntoView(text.querySelector("mark, .dl-missing")));
};

const close = () => {
  if (!page.hasAttribute("data-open")) return false;
  setOpen(false);
  request += 1; // a reply that is still on its way is no longer wanted
  for (const link of document.querySelectorAll(links)) link.classList.remove("dl-current");
  return true;
};

const closeAndGoBack = () => {
  if (!close() || !opener) return;
  // The chat may have been drawn again since: then the link is another one with the same address.
  const back = opener.isConnected ? opener : document.querySelector('a[href="' + opener.getAttribute("href") + '"]');
  if (back) back.focus();
};

const goToQuestion = () => {
  const box = document.querySelector("#dl-question textarea");
  if (box && !phone.matches) box.focus(); // on a phone the keyboard would come up over the answer
};

// Gradio names each message for screen readers by its source, which here is HTML: the text itself says it better.
const unname = () => {
  for (const message of document.querySelectorAll("#dl-messages [data-testid][aria-label]")) message.removeAttribute("aria-label");
};
new MutationObserver(unname).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label"] });

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  const link = target.closest(links);
  if (target.closest("#dl-new")) close();
  // These take what had the focus away with them.
  if (target.closest("#dl-new, #dl-messages .example")) goToQuestion();
  if (!link) return;
  event.preventDefault();
  opener = link;
  request += 1;
  trigger("cite", { reference: link.getAttribute("href").slice("#cite-".length), request });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeAndGoBack();
});

find(".dl-close").addEventListener("click", closeAndGoBack);
find(".dl-scrim").addEventListener("click", closeAndGoBack);
phone.addEventListener("change", () => setOpen(page.hasAttribute("data-open")));
watch("value", () => show(props.value));
