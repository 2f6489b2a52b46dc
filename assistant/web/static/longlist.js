// A long list of which only what is in view is in the page, and only what was in view was fetched.

const PAGE = 50;
const AROUND = 10; // rows beyond what is in view, so that the Tab key finds the next one

/**
 * @template T
 * @typedef {object} LongList
 * @property {() => Promise<number | null>} refresh fetches anew from the beginning; how many rows there are, null if it was asked for again meanwhile
 * @property {(items: HTMLElement[]) => void} fixed shows these instead
 */

/**
 * @template T
 * @param {object} given
 * @param {HTMLElement} given.place what scrolls
 * @param {HTMLElement} given.list in it; its rows are all as high as the first one
 * @param {(item: T, previous: T | null) => HTMLElement} given.row
 * @param {(offset: number, limit: number) => Promise<{ total: number, articles: T[] }>} given.get
 * @param {(error: unknown) => void} given.fail
 * @returns {LongList<T>}
 */
export const longList = ({ place, list, row, get, fail }) => {
  /** @type {T[]} by place; a hole where none was fetched yet */
  let items = [];
  /** @type {Set<number>} */
  let wanted = new Set();
  /** @type {Map<number, HTMLElement>} */
  const shown = new Map();
  let total = 0;
  let height = 0;
  let turn = 0;

  const forget = () => {
    items = [];
    wanted = new Set();
    shown.clear();
    list.replaceChildren();
  };

  /** @param {number} page */
  const fetched = async (page) => {
    if (wanted.has(page)) return true;
    wanted.add(page);
    const mine = turn;
    const found = await get(page * PAGE, PAGE);
    if (mine !== turn) return false;
    total = found.total;
    for (const [at, item] of found.articles.entries()) items[page * PAGE + at] = item;
    return true;
  };

  const draw = () => {
    if (!total) return;
    if (!height) {
      const first = row(items[0], null);
      list.append(first);
      height = first.offsetHeight;
      first.remove();
    }
    list.style.height = `${total * height}px`;
    const first = Math.max(0, Math.floor(place.scrollTop / height) - AROUND);
    const last = Math.min(total, Math.ceil((place.scrollTop + place.clientHeight) / height) + AROUND);
    for (const [at, element] of shown) {
      if ((at >= first && at < last) || element.contains(document.activeElement)) continue;
      element.remove();
      shown.delete(at);
    }
    let next = list.firstElementChild;
    for (let at = first; at < last; at += 1) {
      const there = shown.get(at);
      if (there) {
        next = there.nextElementSibling;
        continue;
      }
      if (!(at in items)) {
        more(Math.floor(at / PAGE));
        continue;
      }
      const made = row(items[at], items[at - 1] ?? null);
      made.style.top = `${at * height}px`;
      made.setAttribute("aria-setsize", String(total));
      made.setAttribute("aria-posinset", String(at + 1));
      list.insertBefore(made, next);
      shown.set(at, made);
    }
  };

  /** @param {number} page */
  const more = async (page) => {
    if (wanted.has(page)) return;
    try {
      if (await fetched(page)) draw();
    } catch (error) {
      wanted.delete(page);
      fail(error);
    }
  };

  let isAsked = false;
  place.addEventListener("scroll", () => {
    if (isAsked || list.hasAttribute("data-fixed")) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  });
  new ResizeObserver(() => {
    if (list.hasAttribute("data-fixed") || !items.length) return;
    height = 0;
    shown.clear();
    list.replaceChildren();
    draw();
  }).observe(place);

  return {
    refresh: async () => {
      const mine = (turn += 1);
      const before = wanted;
      wanted = new Set();
      const found = await get(0, PAGE).catch((error) => {
        wanted = before;
        throw error;
      });
      if (mine !== turn) return null;
      forget();
      list.removeAttribute("data-fixed");
      list.style.height = "0";
      place.scrollTop = 0;
      wanted.add(0);
      [total, items] = [found.total, [...found.articles]];
      draw();
      return total;
    },
    fixed: (elements) => {
      turn += 1;
      total = 0;
      forget();
      list.setAttribute("data-fixed", "");
      list.style.height = "";
      list.append(...elements);
    },
  };
};
