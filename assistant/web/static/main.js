// The page: puts its parts together, and goes where its address says.

import { api } from "./api.js";
import { Chat } from "./chat.js";
import { citationCard } from "./cite.js";
import { composer } from "./composer.js";
import { conversationList } from "./conversations.js";
import { find } from "./dom.js";
import { follows } from "./follows.js";
import { heading } from "./heading.js";
import { libraryDialog } from "./library.js";
import { announce, fail } from "./notices.js";
import { router } from "./router.js";
import { scope } from "./scope.js";
import { account } from "./session.js";
import { settingsDialog } from "./settings.js";
import { SourcePanel } from "./source.js";
import { rescoped, welcome } from "./welcome.js";

/** @typedef {import("../types.d.ts").Place} Place */
/** @typedef {import("./turn.js").View} View */

const phone = matchMedia("(max-width: 899px)");

const box = composer({ ask: (question) => chat.ask(question), stop: () => chat.stop() });
const chooser = scope({ fail, changed: () => rescoped(front), choose: () => library.open(), left: () => box.focus() });
const following = follows({
  ask: (question, among) => {
    list.hideRail();
    anew(places.go);
    chat.ask(question, among);
  },
  changed: () => chat.mark(),
  fail,
});
const title = heading({ gone: () => anew(places.replace), changed: () => list.refresh(), fail });
const list = conversationList({
  open: (conversation, turn) => arrive({ place: { conversation }, turn }),
  begin: () => anew(places.go),
  current: () => chat.id,
  fail,
});
const chat = new Chat({
  cite: (view, marker) => cite(view, marker),
  answering: (view) => followed(view),
  edit: (question) => box.edit(question),
  follow: (turn) => following.toggle(turn),
  watch: (turn) => following.idOf(turn),
  read: (article) => arrive({ place: { article }, over: true }),
  asked: () => box.focus(),
  failed: (question) => box.restore(question),
  busy: (isBusy) => box.busy(isBusy),
  kept: (view, name) => kept(view, name),
  changed: () => list.refresh(),
  among: chooser.chosen,
  check: chooser.check,
});
const panel = new SourcePanel({
  step: (view, marker) => cite(view, marker, { focus: false }),
  close: () => close(),
  judge: ({ view, citation }) => chat.judge(view, "wrong_citation", citation.marker),
});
const card = citationCard();
const places = router((place) => returned(place));

const library = libraryDialog({
  fail,
  only: (article) => {
    chooser.only(article);
    list.hideRail();
    box.focus();
  },
  read: ({ id }) => {
    list.hideRail();
    arrive({ place: { article: id }, over: true });
  },
  changed: () => {
    chooser.refresh();
    following.soon();
    list.lookAgain();
    if (document.querySelector(".dl-welcome")) begin();
  },
});
settingsDialog({ fail, forgotten: () => anew(places.replace) });

/** @type {import("./welcome.js").Actions} */
const front = {
  ask: (question, among) => {
    if (chat.ask(question, among)) box.focus();
  },
  read: (id, span) => arrive({ place: { article: id, span }, over: true }),
  among: chooser.chosen,
  add: () => library.open(),
  fail,
};

// Going to places

/** The place without what is open over it. */
const under = () => (chat.id === null ? {} : { conversation: chat.id });

/** @param {{ place: Place, over?: boolean, turn?: number | null }} to */
const arrive = ({ place, over = false, turn = null }) => {
  places.go(place, over);
  return show(place, turn);
};

/** @param {(place: Place) => void} go */
const anew = (go) => {
  go({});
  begin();
};

/** @type {number | null} */
let begunBelow = null; // the conversation that began at / while something was open over it

/** @param {Place} place to which the browser has gone by itself */
const returned = (place) => {
  if (chat.id !== null && chat.id === begunBelow && !Object.keys(place).length) places.replace(under());
  begunBelow = null;
  return show(places.here());
};

let wanted = 0; // which place was asked for last: what is opened late is not shown
let isBegun = false;

/** @param {Place} place @param {number | null} [turn] the number of the one to bring into view */
const show = async (place, turn = null) => {
  const mine = (wanted += 1);
  if (place.article !== undefined) {
    if (!isBegun) begin();
    return panel.read({ id: place.article, span: place.span ?? null });
  }
  if (place.conversation === undefined) {
    if (!isBegun || chat.id !== null) begin();
    else panel.close();
    return;
  }
  const isOther = place.conversation !== chat.id;
  if (isOther && !(await opened(place.conversation, mine))) return;
  if (isOther || turn !== null) chat.reveal(turn);
  const view = place.cited && chat.view(place.cited.turn);
  const citation = view?.turn.citations.find(({ marker }) => marker === place.cited?.marker);
  if (view && citation) {
    view.element.scrollIntoView({ block: "nearest" });
    await panel.show({ view, citation });
  } else panel.close();
};

/** @param {number} number @param {number} mine whether it is still wanted */
const opened = async (number, mine) => {
  try {
    const conversation = await api.conversation(number);
    if (mine !== wanted) return false; // what was wanted since is shown
    isBegun = true;
    panel.close({ back: false });
    chat.open(conversation.id, conversation.turns);
    title.show(conversation.id, conversation.title);
    list.refresh();
    box.focus();
    return true;
  } catch (error) {
    fail(error);
    if (mine === wanted && !isBegun) {
      places.replace({});
      begin();
    }
    return false;
  }
};

const begin = () => {
  isBegun = true;
  panel.close({ back: false });
  chat.empty();
  title.show(null, "");
  welcome(front);
  list.refresh();
  box.focus();
};

// Citations and the panel

/** @param {View} view @param {number} marker @param {{ focus?: boolean }} [how] */
const cite = async (view, marker, how) => {
  const citation = view.turn.citations.find((each) => each.marker === marker);
  if (!citation) return;
  const place = placeOf(view, marker);
  if (panel.isOpen) places.replace(place);
  else places.go(place, true);
  const mine = (wanted += 1);
  await panel.show({ view, citation }, how);
  if (mine === wanted && panel.view === view) places.replace(placeOf(view, marker)); // the turn may be kept meanwhile
};

/** @param {View} view @param {number} marker @returns {Place} that of the sentence itself, while the turn is not kept */
const placeOf = ({ turn }, marker) => {
  const cited = turn.citations.find((each) => each.marker === marker);
  if (chat.id !== null && turn.number !== null) return { conversation: chat.id, cited: { turn: turn.number, marker } };
  return cited ? { article: cited.article_id, span: [cited.start, cited.end] } : under();
};

const close = ({ back = true } = {}) => {
  panel.close({ back });
  places.back(under());
};

/** The panel shows the answer that is asked, and no earlier one. @param {View} view */
const followed = (view) => {
  if (!panel.isOpen || !panel.view || panel.view === view || phone.matches) return;
  const [first] = view.turn.citations;
  if (first) cite(view, first.marker, { focus: false });
  else close({ back: false });
};

/** @param {View} view @param {string} name */
const kept = (view, name) => {
  title.show(chat.id, name);
  chat.mark();
  if (panel.view === view && view.turn.current !== null) places.replace(placeOf(view, view.turn.current));
  else if (!panel.isOpen) places.replace(under());
  if (panel.isOpen && view.turn.number === 1) begunBelow = chat.id;
  list.refresh();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (card.isShown()) card.hide();
  else if (panel.isOpen) close();
  else if (!list.hideRail() && chat.isBusy) {
    chat.stop();
    announce("Stopped.");
  }
});
document.addEventListener("dateline-back", () => list.refresh());

account(fail).catch(fail);
chooser.refresh();
following.refresh();
list.lookAgain();
await show(places.here());
chat.resume();
find(".dl").setAttribute("data-ready", "");
