// One turn: the question, and the answer, the refusal or the reason why there is none.

import { icon, iconButton, make, originOf, refill, textOf, visible, written } from "./dom.js";
import { scopeOf } from "./filters.js";

const CLOSEST = "The closest sentences, which may not answer it:";
const isCourtesy = (turn) => turn.reason === "courtesy";
// What the page draws of a turn: it looks as sure as it is.
const kindOf = (turn) => {
  if (turn.state !== "done") return turn.state;
  if (isCourtesy(turn)) return "courtesy";
  if (turn.status === "not_in_corpus") return "refusal";
  return turn.verdict ? "tentative" : "answer";
};

// `actions`: cite(turn, citation, button), judge(turn, kind), retry(turn), alone(turn), edit(turn), ask(question)
export const turnView = (actions) => {
  const question = make("h3", { class: "dl-asked", dir: "auto" });
  const understood = make("p", { class: "dl-understood", hidden: true });
  const scope = make("p", { class: "dl-understood dl-scope", hidden: true });
  const answer = make("div", { class: "dl-answer" });
  const tools = make("div", { class: "dl-tools" });
  const follow = make("div", { class: "dl-follow" });
  const element = make("article", { class: "dl-turn" }, question, understood, scope, answer, tools, follow);
  const view = { element, turn: {} };
  element.view = view;

  view.show = (news) => {
    const turn = (view.turn = { ...view.turn, ...news });
    element.dataset.state = turn.state;
    element.dataset.kind = kindOf(turn);
    element.setAttribute("aria-busy", String(["looking", "writing"].includes(turn.state)));
    if (turn.question !== undefined && question.textContent !== visible(turn.question)) question.textContent = visible(turn.question);
    understood.hidden = !turn.read_as;
    if (turn.read_as) refill(understood, ...taken(view, actions));
    const only = scopeOf(turn.among ?? {});
    scope.hidden = !only;
    if (only) scope.replaceChildren(make("span", { text: "Asked only of: " }), make("bdi", { text: only }));
    refill(answer, ...body(view, actions));
    refill(tools, ...toolsOf(view, actions));
    refill(follow, ...followUps(turn, actions));
  };
  return view;
};

// How the question was taken, and a way to say that it was meant by itself.
const taken = (view, actions) => {
  const [how, question] = view.turn.read_as;
  const alone = { type: "button", class: "dl-alone", "data-key": "alone", text: "Ask it alone", on: { click: () => actions.alone(view) } };
  return [make("span", { text: `${how[0].toUpperCase()}${how.slice(1)}: ` }), make("bdi", { text: question }), "\u2002", make("button", alone)];
};

const body = (view, actions) => {
  const { turn } = view;
  if (turn.state === "looking") return [make("p", { class: "dl-wait" }, make("span", { text: "Looking in the articles…" }))];
  if (turn.state === "failed") return [make("p", { class: "dl-error", text: turn.error })];
  if (turn.state === "stopped") return [make("p", { class: "dl-note", text: "Stopped." })];
  const note = turn.note ? [make("p", { class: "dl-note", text: turn.note })] : [];
  if (isCourtesy(turn)) return [make("p", { class: "dl-courtesy", text: turn.verdict }), ...note];
  return turn.status === "not_in_corpus" ? [...refusal(view, actions), ...note] : [...answered(view, actions), ...note];
};

const answered = (view, actions) => {
  const { turn } = view;
  const parts = [];
  if (turn.verdict) parts.push(make("p", { class: "dl-may", text: turn.verdict }));
  if (turn.short) parts.push(make("p", { class: "dl-short", dir: "auto", text: turn.short }));
  for (const statement of turn.statements ?? []) {
    const said = make("span", { class: "dl-said" }, ...written(statement.pieces));
    parts.push(make("p", { class: "dl-statement", dir: "auto" }, said, ...cites(view, statement.citations, actions)));
  }
  if (turn.state === "done") parts.push(sources(view, actions));
  return parts;
};

const refusal = (view, actions) => {
  const closest = view.turn.citations.map((citation) =>
    make(
      "li",
      {},
      make("p", { class: "dl-near", dir: "auto" }, make("span", { class: "dl-said" }, ...written(citation.pieces)), ...cites(view, [citation.marker], actions)),
      make("p", { class: "dl-origin", dir: "auto", text: [citation.title, originOf(citation)].filter(Boolean).join(" · ") }),
    ),
  );
  return [
    make("p", { class: "dl-verdict", dir: "auto", text: view.turn.verdict }),
    ...(closest.length ? [make("p", { class: "dl-note", text: CLOSEST }), make("ul", { class: "dl-closest" }, ...closest)] : []),
  ];
};

// A number never stands at the beginning of a line, apart from what it belongs to.
const cites = (view, markers, actions) => markers.flatMap((marker) => ["\u00a0", cite(view, marker, actions)]);

const cite = (view, marker, actions) => {
  const citation = view.turn.citations.find((each) => each.marker === marker);
  if (!citation) return null;
  const button = make("button", {
    type: "button",
    class: "dl-cite",
    "data-key": "cite-" + marker,
    "aria-label": `Citation ${marker}: ${citation.title}`,
    on: { click: () => actions.cite(view, citation) },
  });
  // The brackets are there for who copies the text.
  button.append(make("span", { class: "dl-bracket", text: "[" }), String(marker), make("span", { class: "dl-bracket", text: "]" }));
  button.citation = citation;
  return button;
};

const sources = (view, actions) => {
  const articles = new Map();
  for (const citation of view.turn.citations) {
    articles.set(citation.article_id, [...(articles.get(citation.article_id) ?? []), citation]);
  }
  const items = [...articles.values()].map((cited) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "dl-from", "data-key": "from-" + cited[0].marker, on: { click: () => actions.cite(view, cited[0]) } },
        make("span", { class: "dl-number", text: cited.map((each) => each.marker).join(", ") }),
        make("span", { class: "dl-from-title", dir: "auto", text: cited[0].title }),
        make("span", { class: "dl-from-origin", text: originOf(cited[0]) }),
      ),
    ),
  );
  return make("ul", { class: "dl-sources", "aria-label": "Sources" }, ...items);
};

const toolsOf = (view, actions) => {
  const { turn } = view;
  if (["looking", "writing"].includes(turn.state) || isCourtesy(turn)) return [];
  const tool = (name, label, act, more = {}) => iconButton(name, label, { click: act }, { "data-key": name, ...more });
  const votes = turn.turn
    ? [
        tool("up", "Good answer", () => actions.judge(view, "up"), { "aria-pressed": String(turn.vote === "up") }),
        tool("down", "Bad answer", () => actions.judge(view, "down"), { "aria-pressed": String(turn.vote === "down") }),
      ]
    : [];
  const copy = turn.state === "done" ? [tool("copy", "Copy the answer", () => actions.copy(plain(turn)))] : [];
  return [
    ...votes,
    ...copy,
    tool("again", "Ask again", () => actions.retry(view)),
    tool("edit", "Edit the question", () => actions.edit(view)),
  ];
};

const followUps = (turn, actions) => {
  if (!turn.follow_ups?.length) return [];
  return [
    make("h4", { class: "dl-follow-head", text: turn.verdict ? "The articles answer" : "The articles also answer" }),
    make("ul", {}, ...turn.follow_ups.map((question) => make("li", {}, asking(question, actions)))),
  ];
};

export const asking = (question, actions) =>
  make("button", { type: "button", class: "dl-suggestion", dir: "auto", on: { click: () => actions.ask(question) } }, icon("on"), make("span", { text: question }));

// An answer as text, with its sources: what is copied.
const plain = (turn) => {
  const cited = turn.citations.map((each) => `[${each.marker}] ${[each.title, originOf(each), each.url].filter(Boolean).join(" · ")}\n    ${each.sentence}`);
  const said = turn.statements.map((each) => textOf(each.pieces) + " " + each.citations.map((marker) => `[${marker}]`).join(""));
  const closest = turn.status === "not_in_corpus" && cited.length ? [CLOSEST] : [];
  return [turn.question, [turn.verdict, ...said, ...closest].filter(Boolean).join(" "), cited.join("\n")].filter(Boolean).join("\n\n");
};

// What is read to who does not see the page, once the turn has ended.
export const spoken = (turn) => {
  if (turn.state === "failed") return turn.error;
  if (turn.state === "stopped") return "Stopped.";
  const count = turn.citations.length;
  if (turn.status === "not_in_corpus") return count ? `${turn.verdict} ${count} close ${count === 1 ? "sentence follows" : "sentences follow"}.` : turn.verdict;
  return `${turn.verdict ?? "Answer:"} ${turn.statements.map((each) => textOf(each.pieces)).join(" ")} ${count} ${count === 1 ? "citation" : "citations"}.`;
};
