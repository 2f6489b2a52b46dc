// The page: what is in the chat, what is asked, and what belongs together of the list, the chat and the panel.
//
// Gradio calls `start` once, with the element that holds page.html, and the functions of the server.

import { citations } from "./cite.js";
import { copied, make, visible } from "./dom.js";
import { articleFilters } from "./filters.js";
import { keptList } from "./kept.js";
import { libraryDialog } from "./library.js";
import { connect } from "./server.js";
import { account } from "./session.js";
import { sourcePanel } from "./source.js";
import { asking, spoken, turnView } from "./turn.js";

const NAMED = /^#conversation-(\d{1,15})$/;

export const start = (gradio) => {
  const root = gradio.element.querySelector(".dl");
  const find = (name) => root.querySelector(name);
  const server = connect(gradio.server);
  const turns = find(".dl-turns");
  const box = find(".dl-question");
  const send = find(".dl-send");
  const phone = matchMedia("(max-width: 899px)");
  let conversation = { id: null, title: "" };
  let running = null; // the token of the turn that is on its way
  let drawn = 0; // which conversation is in the chat: what comes for another one is not drawn
  let wanted = 0; // which one was asked for last: what is opened late is not shown

  const announce = (text) => {
    const live = find(".dl-live");
    live.textContent = live.textContent === text ? text + " " : text; // the same again is news too
  };

  const fail = (error) => {
    const said = make("p", { class: "dl-toast", text: error.message });
    find(".dl-toast")?.remove();
    root.append(said);
    announce(error.message);
    setTimeout(() => said.remove(), 8000);
  };

  const toBox = () => {
    if (!phone.matches) box.focus(); // on a phone the keyboard would come up over the answer
  };

  // The conversation

  const named = (id, title) => {
    conversation = { id, title };
    find(".dl-title").textContent = visible(title || "New conversation");
    find(".dl-bar-tools").hidden = id === null;
    document.title = title ? `${visible(title)} – Dateline` : "Dateline";
    const address = id === null ? location.pathname + location.search : "#conversation-" + id;
    if (location.hash !== (id === null ? "" : address)) history.replaceState(null, "", address);
  };

  const emptied = () => {
    drawn += 1;
    running = null;
    busy(false);
    source.close({ back: false });
    turns.replaceChildren();
  };

  const begin = async () => {
    wanted += 1;
    emptied();
    named(null, "");
    toBox();
    await welcome();
    kept.refresh();
  };

  const welcome = async () => {
    const mine = drawn;
    const intro = make("div", { class: "dl-welcome" });
    turns.append(intro);
    try {
      const { articles, questions } = await server.call("welcome");
      if (mine !== drawn) return;
      find(".dl-count").textContent = articles.toLocaleString("en");
      const count = `${articles.toLocaleString("en")} ${articles === 1 ? "article is" : "articles are"} indexed.`;
      intro.append(
        make("h3", { text: "Ask the articles" }),
        make("p", { text: `${count} Every answer comes from what is indexed, with a link to the exact sentence. Where it does not say, Dateline says so.` }),
        ...(questions.length ? [make("h4", { class: "dl-follow-head", text: "For example" })] : []),
        make("ul", {}, ...questions.map((question) => make("li", {}, asking(question, actions)))),
      );
    } catch (error) {
      intro.append(make("p", { class: "dl-error", text: error.message }));
    }
  };

  const open = async (id, turn = null) => {
    const mine = (wanted += 1);
    try {
      const found = await server.call("open", { conversation: id });
      if (mine !== wanted) return true; // what was wanted since is shown
      emptied();
      named(found.id, found.title);
      for (const each of found.turns) add().show(each);
      const target = turn === null ? turns.lastElementChild : turns.children[found.turns.findIndex((each) => each.turn === turn)];
      target?.scrollIntoView({ block: "start" });
      kept.refresh();
      toBox();
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };

  // Asking

  const busy = (isBusy) => {
    send.textContent = isBusy ? "Stop" : "Ask";
    send.classList.toggle("dl-stop", isBusy);
  };

  const add = () => {
    find(".dl-welcome")?.remove();
    const view = turnView(actions);
    turns.append(view.element);
    return view;
  };

  const follow = (asked) => {
    const mine = drawn;
    const view = add();
    view.show({ question: asked.question, state: "looking", among: asked.among, alone: asked.alone });
    view.element.scrollIntoView({ block: "start" });
    running = asked.token;
    busy(true);
    announce("Looking in the articles.");
    server.follow(asked, (news) => {
      if (mine !== drawn) return kept.refresh();
      const was = view.turn.state;
      view.show(news);
      if (["looking", "writing"].includes(news.state)) return;
      if (running === asked.token) {
        running = null;
        busy(false);
      }
      if (was === news.state) return; // only its follow-ups are new
      announce(spoken(view.turn));
      if (news.state === "done" && news.conversation) {
        // A turn that ended while the page was loaded again has come with the conversation too.
        for (const other of [...turns.children]) if (news.turn !== null && other.view !== view && other.view.turn.turn === news.turn) other.remove();
        named(news.conversation, news.title);
      }
      if (news.state === "failed" && !box.value) box.value = asked.question;
      kept.refresh();
    });
  };

  // `alone`: by itself, without what was said before
  const ask = (question, { among = filters.chosen(), alone = false } = {}) => {
    if (running !== null || !question.trim()) return false;
    follow({ token: server.token(), question, conversation: conversation.id, among, alone });
    return true;
  };

  // What is seen at once, and stays. An answer that was complete by then is kept, and there when the page is loaded again.
  const stop = () => {
    server.stop(running).catch(fail);
    running = null;
    busy(false);
    turns.lastElementChild.view.show({ state: "stopped" });
    announce("Stopped.");
  };

  const actions = {
    ask: (question) => {
      if (ask(question)) toBox();
    },
    cite: (view, citation) => source.show(view, citation),
    retry: ({ turn }) => ask(turn.question, { among: turn.among ?? {}, alone: turn.alone }), // of the same articles as before
    alone: ({ turn }) => ask(turn.question, { among: turn.among ?? {}, alone: true }),
    edit: (view) => {
      box.value = view.turn.question;
      fit();
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    },
    copy: async (text) => {
      try {
        await copied(text);
        announce("Copied.");
      } catch {
        fail(new Error("The browser does not let the page copy; select the text and copy it."));
      }
    },
    judge: async (view, kind, marker = null) => {
      try {
        await server.call("judge", { conversation: conversation.id, turn: view.turn.turn, kind, marker });
      } catch (error) {
        return fail(error);
      }
      view.show(marker === null ? { vote: kind } : { wrong: [...(view.turn.wrong ?? []), marker] });
      announce("Thank you, noted.");
    },
  };

  // The box grows with what is typed.
  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };

  const submit = () => {
    if (ask(box.value)) {
      box.value = "";
      fit();
    }
  };

  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  find(".dl-ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if (running === null) submit();
    else stop();
  });

  const source = sourcePanel(root, server, { announce, judge: (view, citation) => actions.judge(view, "wrong_citation", citation.marker) });
  const card = citations(root);
  const filters = articleFilters(root, server, { fail });
  libraryDialog(root, server, {
    fail,
    only: (article) => {
      filters.only(article);
      kept.hideRail();
      toBox();
    },
    changed: () => {
      filters.refresh();
      if (find(".dl-welcome")) begin();
    },
  });
  account(root, { fail }).catch(fail);
  const kept = keptList(root, server, {
    open,
    begin,
    fail,
    current: () => conversation,
    titled: (id, title) => {
      if (id === conversation.id) named(id, title); // another one may have been opened meanwhile
    },
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || root.querySelector("dialog[open]")) return;
    if (card.isShown()) card.hide();
    else if (!source.close() && !kept.hideRail() && running !== null) stop();
  });

  // A page that is loaded again shows the conversation it had, and goes on with the turn that was on its way.
  const resume = async () => {
    const pending = server.pending();
    const number = NAMED.exec(location.hash)?.[1];
    const opened = number ? await open(Number(number)) : false;
    if (!opened) await begin();
    if (pending && (pending.conversation ?? null) === conversation.id) follow(pending);
  };
  resume().then(() => root.setAttribute("data-ready", ""));
};
