// Runs of days: in words, and counted back from their end.

import { dayOf } from "./text.js";

/**
 * Days in words, without what both have: "3 March to 6 April 2031".
 * @param {string} first such as 2031-03-03
 * @param {string} last
 */
export const span = (first, last) => {
  if (first === last) return dayOf(first);
  const [from, to] = [first, last].map((day) => dayOf(day).split("\u00a0"));
  while (from.length > 1 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return `${from.join("\u00a0")} to ${dayOf(last)}`;
};

/**
 * The day so many days before another.
 * @param {string} day
 * @param {number} count
 */
export const before = (day, count) => {
  const found = new Date(`${day}T00:00:00Z`);
  found.setUTCDate(found.getUTCDate() - count);
  return found.toISOString().slice(0, 10);
};
