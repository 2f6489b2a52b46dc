// How a figure changed, drawn: an axis of days with a point for each report or, where all are of one day, a bar for each.
// Points and bars are buttons that open the sentence.

import { make, shape } from "./dom.js";
import { citationOf, pointer } from "./pointers.js";
import { dayOf, originOf, outletOf } from "./text.js";

/** @typedef {import("../types.d.ts").Figure} Figure */
/** @typedef {import("./turn.js").View} View */
/** @typedef {import("./turn.js").Actions} Actions */
/** @typedef {{ figure: Figure, x: number, y: number }} Point in hundredths of the drawing, from its lower left corner */

const DAY = 86_400_000; // ms
const CROWDED = { x: 16, y: 30 }; // hundredths that two labels need between them
const QUALIFIED = /^(?:at least|at most|up to|about|around|nearly|almost|more than|fewer than|less than|over|some)(?= )/i;

/**
 * The drawing of an answer's figures; null where there are not two to compare.
 * @param {View} view @param {Actions} actions
 */
export const drawing = (view, actions) => {
  const figures = view.turn.answer?.figures ?? [];
  const days = new Set(figures.map(({ date }) => date));
  if (figures.length < 2) return null;
  const isLine = days.size > 1 && !days.has(null);
  const caption = isLine ? "How the figure changed" : days.has(null) ? "What the articles say" : `What was said on ${dayOf(figures[0].date ?? "")}`;
  return make(
    "figure",
    { class: "dl-figures", "aria-label": caption },
    make("figcaption", { class: "dl-part", text: [caption, unitOf(figures)].filter(Boolean).join(" ") }),
    isLine ? line(view, pointsOf(figures), actions) : bars(view, figures, actions),
  );
};

/** @param {Figure[]} figures */
const unitOf = (figures) => {
  if (figures.every(isShare)) return "(per cent)";
  const counted = [...new Set(figures.map((figure) => figure.counted).filter(Boolean))];
  return counted.length === 1 ? `(${counted[0]})` : "";
};

/** @param {Figure} figure */
const isShare = ({ text }) => /per ?cent|%/i.test(text);

/**
 * What stands at a point: the number, as rough as the sentence has it.
 * @param {Figure} figure
 */
const valueOf = (figure) => {
  const { value, text } = figure;
  const notation = Math.abs(value) >= 1e6 ? { notation: /** @type {const} */ ("compact"), compactDisplay: /** @type {const} */ ("long") } : {};
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2, ...notation }).format(value);
  return `${QUALIFIED.exec(text)?.[0].toLowerCase() ?? ""} ${number}${isShare(figure) ? "%" : ""}`.trim();
};

/** @param {Figure} figure */
const labelOf = (figure) => {
  const standing = { latest: "the latest", earlier: "", disputed: "disputed", withdrawn: "taken back" }[figure.standing];
  return [`${figure.text}, ${originOf(figure)}`, standing, `citation ${figure.citation}`].filter(Boolean).join(", ");
};

/** @param {Figure[]} figures that have days, oldest first @returns {Point[]} */
const pointsOf = (figures) => {
  const days = figures.map(({ date }) => Date.parse(date ?? "") / DAY);
  const values = figures.map(({ value }) => value);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const foot = least >= 0 && least < most / 2 ? 0 : least - (most - least) / 2; // else what changed could not be seen
  const height = most - foot || 1;
  return figures.map((figure, n) => ({
    figure,
    x: ((days[n] - first) / (last - first)) * 100,
    y: ((figure.value - foot) / height) * 100,
  }));
};

/** @param {View} view @param {Point[]} points @param {Actions} actions */
const line = (view, points, actions) => {
  const settled = points.filter(({ figure }) => figure.standing === "earlier" || figure.standing === "latest");
  const disputed = points.filter(({ figure }) => figure.standing === "disputed");
  const last = settled.at(-1);
  const svg = shape(
    "svg",
    { class: "dl-plot-lines", viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    ...(settled.length > 1 ? [path(settled, "dl-settled")] : []),
    ...(last ? disputed.map((point) => path([last, point], "dl-disputed")) : []),
  );
  const plot = make("div", { class: "dl-plot" });
  plot.append(svg, ...points.flatMap((point, n) => spot(view, point, isCrowded(points, n), actions)));
  return make("div", { class: "dl-drawing" }, plot, axis(points));
};

/** @param {Point[]} points @param {string} name */
const path = (points, name) =>
  shape("polyline", { class: name, points: points.map(({ x, y }) => `${x.toFixed(2)},${(100 - y).toFixed(2)}`).join(" ") });

/** Whether the label of a point would lie on that of another, and goes below it. @param {Point[]} points @param {number} n */
const isCrowded = (points, n) => {
  const { x, y } = points[n];
  return points.some((other, m) => m !== n && Math.abs(other.x - x) < CROWDED.x && other.y >= y && other.y - y < CROWDED.y && (other.y > y || m < n));
};

/** @param {View} view @param {Point} point @param {boolean} isBelow @param {Actions} actions */
const spot = (view, { figure, x, y }, isBelow, actions) => {
  const citation = citationOf(view, figure.citation);
  if (!citation) return [];
  const how = { class: "dl-point", key: "point", label: labelOf(figure) };
  const value = make(figure.standing === "withdrawn" ? "s" : "span", { class: "dl-point-value", text: valueOf(figure) });
  const button = pointer(view, citation, actions, how, make("span", { class: "dl-dot" }), value);
  button.dataset.standing = figure.standing;
  button.dataset.side = isBelow ? "below" : "above";
  button.style.left = `${x}%`;
  button.style.bottom = `${y}%`;
  return [button];
};

/** The days below, as many as have room: the first and the last always. @param {Point[]} points */
const axis = (points) => {
  const ends = [points[0], points[points.length - 1]];
  /** @type {Point[]} */
  const shown = [];
  for (const point of points) {
    const isFree = [...shown, ends[1]].every(({ x }) => Math.abs(x - point.x) >= CROWDED.x);
    if (ends.includes(point) ? !shown.some(({ x }) => x === point.x) : isFree) shown.push(point);
  }
  const labels = shown.map(({ figure, x }) => {
    const label = make("time", { datetime: figure.date, text: dayOf(figure.date ?? "").replace(/\u00a0\d+$/, "") });
    label.style.left = `${x}%`;
    return label;
  });
  return make("div", { class: "dl-axis", "aria-hidden": "true" }, ...labels);
};

/** @param {View} view @param {Figure[]} figures @param {Actions} actions */
const bars = (view, figures, actions) => {
  const most = Math.max(...figures.map(({ value }) => Math.abs(value))) || 1;
  const all = figures.map((figure) => {
    const citation = citationOf(view, figure.citation);
    if (!citation) return null;
    const fill = make("span", { class: "dl-bar-fill" });
    fill.style.width = `${(Math.abs(figure.value) / most) * 100}%`;
    const value = make(figure.standing === "withdrawn" ? "s" : "span", { class: "dl-bar-value", text: valueOf(figure) });
    const from = make("span", { class: "dl-bar-name", text: outletOf(figure.source) || citation.title });
    const how = { class: "dl-bar-row", key: "point", label: labelOf(figure) };
    const button = pointer(view, citation, actions, how, from, make("span", { class: "dl-bar-track" }, fill), value);
    button.dataset.standing = figure.standing;
    return make("li", {}, button);
  });
  return make("ul", { class: "dl-bars" }, ...all);
};
