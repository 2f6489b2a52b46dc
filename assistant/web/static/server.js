// Speaking with the server: calls that have one answer, and questions, whose turns grow.

import { leaveIfSignedOut } from "./session.js";

const SECRET = "dateline-secret"; // makes this browser's conversations its own

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const remembered = (store, name, otherwise) => {
  try {
    return store.getItem(name) ?? otherwise;
  } catch {
    return otherwise; // a browser that keeps nothing: then this lasts as long as the page
  }
};

const remember = (store, name, value) => {
  try {
    if (value === null) store.removeItem(name);
    else store.setItem(name, value);
  } catch {
    // as above
  }
};

const UNREACHABLE = "The server cannot be reached. Try again; what you typed is still here.";
const PENDING = "dateline-pending"; // the turn that a page which is loaded again goes on with
const SILENCE = 12_000; // ms without news after which a turn is asked for again; the server knows it by its token
const ATTEMPTS = 6;

export const connect = (functions) => {
  const secret = remembered(localStorage, SECRET, null) ?? random();
  remember(localStorage, SECRET, secret);
  const followed = new Map();

  const call = async (name, data = {}) => {
    const reply = await Promise.resolve(functions[name]({ ...data, secret })).catch(() => undefined);
    if (!reply) {
      await leaveIfSignedOut();
      throw new Error(UNREACHABLE);
    }
    if (reply.error) throw new Error(reply.error);
    return reply.ok;
  };

  // Puts a file into the inbox of the server; gives the name by which it can be added.
  const upload = async (file) => {
    const sent = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file };
    const reply = await fetch(new URL("page/upload", document.baseURI), sent).catch(() => undefined);
    const said = await reply?.json().catch(() => undefined);
    if (!said?.id) throw new Error(said?.error ?? "could not be sent; try again.");
    return said.id;
  };

  const pending = () => JSON.parse(remembered(sessionStorage, PENDING, "null"));

  const follow = (asked, show) => {
    let attempts = 0;
    const ask = () => {
      const turn = followed.get(asked.token);
      if (!turn) return;
      attempts += 1;
      if (attempts > 1) leaveIfSignedOut(); // it is silent: perhaps it does not know us any more
      if (attempts > ATTEMPTS) {
        turn.end();
        show({ token: asked.token, question: asked.question, state: "failed", error: UNREACHABLE });
        return;
      }
      clearTimeout(turn.timer);
      turn.timer = setTimeout(ask, SILENCE);
      document.dispatchEvent(new CustomEvent("dateline-ask", { detail: { ...asked, secret } }));
    };
    const end = () => {
      clearTimeout(followed.get(asked.token)?.timer);
      followed.delete(asked.token);
      if (pending()?.token === asked.token) remember(sessionStorage, PENDING, null);
    };
    followed.set(asked.token, {
      end,
      news: (shown) => {
        attempts = 0;
        clearTimeout(followed.get(asked.token)?.timer);
        if (["done", "stopped", "failed"].includes(shown.state)) end();
        else followed.get(asked.token).timer = setTimeout(ask, SILENCE);
      },
      show,
    });
    remember(sessionStorage, PENDING, JSON.stringify(asked));
    ask();
  };

  // What comes after a turn is done (its follow-ups) still belongs to it.
  const late = new Map();
  document.addEventListener("dateline-ask-news", ({ detail }) => {
    const turn = followed.get(detail?.token);
    if (turn) {
      late.set(detail.token, turn.show);
      turn.news(detail);
      turn.show(detail);
    } else if (detail?.state === "done") late.get(detail.token)?.(detail);
  });

  // A change of the articles: `show` gets how far it is, and in the end what it came to.
  const change = (wanted, show) => {
    const token = random();
    const news = ({ detail }) => {
      if (detail?.token !== token) return;
      if (detail.state !== "running") document.removeEventListener("dateline-change-news", news);
      show(detail);
    };
    document.addEventListener("dateline-change-news", news);
    document.dispatchEvent(new CustomEvent("dateline-change", { detail: { ...wanted, token, secret } }));
  };

  return {
    call,
    upload,
    change,
    follow,
    token: random,
    stop: (token) => {
      followed.get(token)?.end();
      late.delete(token);
      return call("stop", { token });
    },
    pending,
  };
};
