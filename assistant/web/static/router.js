// Where the page is: every conversation, article and citation has an address, and Back and Forward go between them.
//
//   /                          a new conversation
//   /conversations/3           one that is kept
//   /conversations/3/2/1       the citation [1] of its second answer, open beside it
//   /articles/ID               an article
//   /articles/ID#924-1056      a sentence of it

/** @typedef {import("../types.d.ts").Place} Place */

const CONVERSATION = /^\/conversations\/(\d{1,15})(?:\/(\d{1,9})\/(\d{1,9}))?$/;
const ARTICLE = /^\/articles\/(.+)$/;
const SPAN = /^#(\d{1,9})-(\d{1,9})$/;

/**
 * What an address says.
 * @param {{ pathname: string, hash: string }} address
 * @returns {Place}
 */
export const placeOf = ({ pathname, hash }) => {
  const conversation = CONVERSATION.exec(pathname);
  if (conversation) {
    const [, number, turn, marker] = conversation;
    return { conversation: Number(number), ...(turn ? { cited: { turn: Number(turn), marker: Number(marker) } } : {}) };
  }
  const article = ARTICLE.exec(pathname);
  if (!article) return {};
  const span = SPAN.exec(hash);
  try {
    return { article: decodeURIComponent(article[1]), ...(span ? { span: [Number(span[1]), Number(span[2])] } : {}) };
  } catch {
    return {}; // a % that stands for nothing
  }
};

/**
 * The address of a place.
 * @param {Place} place
 */
export const addressOf = ({ conversation, cited, article, span }) => {
  if (article !== undefined) return `/articles/${encodeURIComponent(article)}${span ? `#${span[0]}-${span[1]}` : ""}`;
  if (conversation === undefined) return "/";
  return `/conversations/${conversation}${cited ? `/${cited.turn}/${cited.marker}` : ""}`;
};

/**
 * Goes to places, and says where the browser has gone: `go` adds a place to the history, `replace` changes the present
 * one, and `back` leaves what `go` came to with `over`, or replaces it if the page was opened there.
 * @param {(place: Place) => void} arrived after Back, Forward, or a change of the address
 */
export const router = (arrived) => {
  const here = () => placeOf(location);

  /** @param {Place} place @param {boolean} over */
  const go = (place, over = false) => {
    if (addressOf(place) === addressOf(here())) return;
    history.pushState({ over }, "", addressOf(place));
  };

  /** @param {Place} place */
  const replace = (place) => history.replaceState(history.state, "", addressOf(place));

  /** @param {Place} under what is there without what was opened over it */
  const back = (under) => {
    if (history.state?.over) history.back();
    else replace(under);
  };

  addEventListener("popstate", () => arrived(here()));
  return { here, go, replace, back };
};
