// Speaking with the server: /api, as any client does.

import { leaveIfSignedOut } from "./session.js";
import { events, texts } from "./sse.js";
import { remembered } from "./remember.js";

/** @typedef {import("../types.d.ts").Asked} Asked */
/** @typedef {import("../types.d.ts").Change} Change */
/** @typedef {import("../types.d.ts").ServerEvent} ServerEvent */

const SILENCE = 12_000; // ms without a byte after which the server is lost: it sends one every 5 s

/** What the server says of a request that failed. */
export class Refused extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message.charAt(0).toUpperCase() + message.slice(1));
    this.status = status;
  }
}

/** The server cannot be reached. */
export class Lost extends Error {
  constructor() {
    super("The server cannot be reached.");
  }
}

const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Makes this browser's conversations its own, where the server knows nobody by name.
const browser = remembered(() => localStorage, "dateline-secret", random);

/**
 * @param {string} path below /api
 * @param {RequestInit} [more]
 */
const request = async (path, more = {}) => {
  const reply = await fetch(`/api${path}`, { ...more, headers: { "Dateline-Browser": browser, ...more.headers } }).catch((error) => {
    throw error.name === "AbortError" ? error : new Lost();
  });
  if (reply.ok) return reply;
  if (reply.status === 401) await leaveIfSignedOut();
  const said = await reply.json().catch(() => ({}));
  throw new Refused(reply.status, said.error ?? "the server does not answer; try again later.");
};

/** @param {string} method @param {unknown} document */
const json = (method, document) => ({ method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(document) });

/** @param {string} path @param {Record<string, string | number | string[]>} [query] */
const get = async (path, query = {}) => {
  const asked = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)]))).toString();
  return (await request(asked ? `${path}?${asked}` : path)).json();
};

/**
 * The events that a request is answered with.
 * @param {string} path
 * @param {unknown} document
 * @param {AbortSignal} [signal] ends it, which is an AbortError
 * @returns {AsyncGenerator<ServerEvent>}
 */
async function* stream(path, document, signal) {
  const silent = new AbortController();
  const ended = signal ? AbortSignal.any([signal, silent.signal]) : silent.signal;
  const reply = await request(path, { ...json("POST", document), signal: ended });
  try {
    if (reply.body) yield* events(texts(reply.body, SILENCE, () => silent.abort()));
  } catch (error) {
    throw signal?.aborted ? error : new Lost();
  }
}

/** @param {Asked} asked */
const questionOf = ({ question, among, alone }) => {
  const { titles: _titles, as_of, ...wanted } = among; // the titles are only for the page
  return { question, alone, ...(as_of ? { as_of } : {}), ...(Object.keys(wanted).length ? { among: wanted } : {}) };
};

export const api = {
  /** @param {Asked} asked @param {AbortSignal} signal */
  ask: (asked, signal) =>
    stream(asked.conversation === null ? "/conversations" : `/conversations/${asked.conversation}`, questionOf(asked), signal),

  /** @param {string} words @returns {Promise<import("../types.d.ts").Overview[]>} */
  conversations: async (words) => (await get("/conversations", words ? { words } : {})).conversations,

  /** @returns {Promise<number[]>} the conversations whose sources changed since */
  changed: async () => (await get("/conversations", { changed: "true" })).conversations.map((/** @type {{ id: number }} */ { id }) => id),

  /** @param {number} number @returns {Promise<import("../types.d.ts").KeptConversation>} */
  conversation: (number) => get(`/conversations/${number}`),

  /** @param {number} number @param {string} name @returns {Promise<string>} its title from now on */
  rename: async (number, name) => (await (await request(`/conversations/${number}`, json("PATCH", { name }))).json()).title,

  /** @param {number} number */
  remove: (number) => request(`/conversations/${number}`, { method: "DELETE" }),

  /** @param {number} number @param {string} form @returns {Promise<{ name: string, file: Blob }>} */
  export: async (number, form) => {
    const reply = await request(`/conversations/${number}/export/${form}`);
    const named = /filename\*=UTF-8''(\S+)/.exec(reply.headers.get("Content-Disposition") ?? "");
    return { name: decodeURIComponent(named?.[1] ?? `conversation.${form}`), file: await reply.blob() };
  },

  /**
   * What the user thinks of an answer or of a citation; with `kind` null, that is taken back.
   * @param {number} number @param {number} turn @param {string | null} kind @param {number | null} marker
   */
  judge: (number, turn, kind, marker) => {
    const path = `/conversations/${number}/turns/${turn}/feedback`;
    if (kind !== null) return request(path, json("PUT", { kind, marker }));
    return request(marker === null ? path : `${path}?marker=${marker}`, { method: "DELETE" });
  },

  removeAll: () => request("/conversations", { method: "DELETE" }),

  /** @param {import("../types.d.ts").Among} among @returns {Promise<string[]>} */
  suggestions: async (among) => (await get("/suggestions", { ...among, titles: [] })).questions,

  /** @returns {Promise<import("../types.d.ts").Story[]>} */
  stories: async () => (await get("/front")).stories,

  /** @returns {Promise<import("../types.d.ts").Watch[]>} */
  watches: async () => (await get("/watches")).watches,

  /** @param {string} question @param {import("../types.d.ts").Among} among */
  follow: (question, among) => {
    const { alone: _alone, ...wanted } = questionOf({ question, among, alone: false, conversation: null });
    return request("/watches", json("POST", wanted));
  },

  /** @param {number} id @param {number} number of the answer that was seen */
  looked: (id, number) => request(`/watches/${id}/looked`, json("PUT", { number })),

  /** @param {number} id */
  followNoMore: (id) => request(`/watches/${id}`, { method: "DELETE" }),

  /** @returns {Promise<import("../types.d.ts").SettingsInForce>} */
  settings: () => get("/settings"),

  /** @param {Record<string, string | number>} query @returns {Promise<{ total: number, articles: import("../types.d.ts").ArticleSummary[] }>} */
  articles: (query) => get("/articles", query),

  /** @param {string} id @returns {Promise<import("../types.d.ts").Article | null>} null if there is none */
  article: async (id) => {
    try {
      return await get(`/articles/${encodeURIComponent(id)}`);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  },

  /** @returns {Promise<import("../types.d.ts").Library>} */
  library: () => get("/library"),

  /** @returns {Promise<import("../types.d.ts").Removed[]>} */
  removed: async () => (await get("/library/removed")).removed,

  /** @param {File} file @returns {Promise<string>} the id by which it can be added */
  upload: async (file) => {
    const sent = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file };
    return (await (await request("/library/files", sent)).json()).id;
  },

  /** @param {Change} wanted */
  change: (wanted) => stream("/library/changes", wanted),

  /** Whether the server is there. */
  isThere: () => fetch("/api/session").then(() => true, () => false),
};
