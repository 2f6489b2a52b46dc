// What the scripts of the page give each other, and get from /api (whose own description is /api/openapi.json).

export interface Citation {
  marker: number;
  article_id: string;
  title: string;
  date: string | null;
  source: string | null;
  url: string | null;
  start: number; // in code points, as every offset
  end: number;
  sentence: string;
}

export interface Statement {
  text: string;
  citations: number[];
  span: [number, number] | null;
  verbatim: boolean;
  day?: string | null; // that it is about, where that was looked for
}

export interface Figure {
  value: number;
  text: string;
  counted: string;
  date: string | null;
  source: string | null;
  citation: number; // its marker
  standing: "latest" | "earlier" | "disputed" | "withdrawn";
}

export interface Notice {
  citation: number; // its marker
  kind: "corrected" | "withdrawn" | "superseded" | "changed" | "gone";
  article_id: string;
  text: string;
}

export interface Answer {
  question: string;
  standalone_question: string;
  status: "answered" | "not_in_corpus";
  short_answer: string | null;
  statements: Statement[];
  citations: Citation[];
  closest: Citation[];
  form: "sentence" | "figures" | "briefing" | "timeline";
  figures: Figure[];
  notices: Notice[];
  tentative: boolean;
  follow_up_to: string | null;
  period?: { from: string | null; to: string | null; basis: "published" | "told"; text: string } | null;
  reason: { kind: string; text: string } | null;
  writing?: { note: string | null };
}

export interface Among {
  source?: string;
  since?: string;
  until?: string;
  words?: string;
  ids?: string[];
  titles?: string[]; // of `ids`; only for the page
  as_of?: string; // the last day whose articles may answer
}

/** A question that is asked. */
export interface Asked {
  question: string;
  conversation: number | null;
  among: Among;
  alone: boolean;
}

/** Where cited sentences name a day as seen from that of their article, by marker, and which day that is. */
export type Days = Record<string, [number, number, string][]>;

/** A question with what has come of it so far. */
export interface Turn {
  state: "looking" | "writing" | "done" | "stopped" | "failed" | "lost";
  question: string;
  among: Among;
  alone: boolean;
  number: number | null; // in its conversation; null where it is not kept
  statements: Statement[];
  citations: Citation[]; // those of the answer, or the closest sentences of a refusal
  answer: Answer | null; // once it is complete
  markdown: string[]; // the ids of the cited articles whose text is Markdown
  days: Days;
  vote: "up" | "down" | null;
  wrong: number[]; // markers of citations that are said to be wrong
  related: string[];
  note: string | null;
  error: string | null;
  watch: number | null; // under which its question is followed
  current: number | null; // the marker of the citation that is open beside it
}

export interface KeptTurn {
  turn: number;
  among: Among | null;
  answer: Answer;
  since: Notice[]; // what there is to know that the answer did not say
  feedback: { kind: "up" | "down" | "wrong_citation"; marker: number | null }[];
  markdown: string[];
  days: Days;
}

export interface KeptConversation {
  id: number;
  title: string;
  turns: KeptTurn[];
}

export interface Overview {
  id: number;
  title: string;
  questions: number;
  changed_at: string;
  turn: number | null;
  excerpt: string;
}

export interface Article {
  id: string;
  title: string;
  date: string | null;
  source: string | null;
  url: string | null;
  text: string;
  body: number;
  markdown: boolean;
  sentences: { start: number; end: number; sentence: string }[];
}

export interface ArticleSummary {
  id: string;
  title: string;
  date: string | null;
  source: string | null;
  sentences: number;
  language: string | null; // its code, where it can be told
  story: string; // the id of the first article of the story that it tells
  told_by: number; // how many of those that fit tell it
}

export interface Story {
  article: string; // the id of the newest one that tells it
  title: string;
  date: string | null;
  source: string | null;
  lead: { start: number; end: number; sentence: string };
  articles: { id: string; title: string }[]; // all that tell it
  question: string; // asks for a briefing
}

/** A question that is followed, with what it is answered now. */
export interface Watch {
  id: number;
  question: string;
  among: Among | null;
  number: number; // of that answer
  changed: boolean; // since its owner looked
  answer: Answer;
}

export interface SettingsInForce {
  writer: { kind: "auto" | "ollama" | "openai" | "gguf"; model: string; url: string } | null;
  home: string | null;
}

export interface Removed {
  key: number;
  title: string;
  at: string;
  who: string;
  until: string;
}

export interface Library {
  articles: number;
  sources: { source: string; articles: number }[];
  days: { first: string; last: string } | null;
  can_change: boolean;
  suffixes: string[];
  max_bytes: number;
}

export interface Change {
  action: "add" | "remove" | "restore" | "refresh";
  files?: { id: string; name: string }[];
  ids?: string[];
  keys?: number[];
}

export interface Outcome {
  added?: number;
  updated?: number;
  unchanged?: number;
  removed?: number;
  note?: string;
  faults?: { file: string; reason: string }[];
  error?: string;
}

/** A run of text with one style: `styles` are names such as "mark" or "strong". */
export interface Piece {
  text: string;
  styles: string[];
}

/** Where the page is: what its address says. */
export interface Place {
  conversation?: number;
  cited?: { turn: number; marker: number }; // of that conversation
  article?: string;
  span?: [number, number]; // of that article
}

export interface ServerEvent {
  event: string;
  data: any;
}
