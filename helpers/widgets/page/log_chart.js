// Lines on a logarithmic scale, each with a name, a colour, dashes and marks of its own.
import { h, s } from "./dom.js";
import { clamp, show } from "./numbers.js";

const DASHES = ["", "7 4", "2 3", "9 3 2 3", "1 5", "14 4"];
const drawn = (d) => ([x, y]) => s("path", { d: `M${x} ${y}${d}` });
const MARKS = [
  ([x, y]) => s("circle", { cx: x, cy: y, r: 3.5 }),
  drawn("m-3.2 -3.2h6.4v6.4h-6.4z"),
  drawn("m0 -4.5l4.5 8h-9z"),
  drawn("m0 4.5l4.5 -8h-9z"),
  drawn("m0 -4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"),
  drawn("m-1.3 -4.2h2.6v2.9h2.9v2.6h-2.9v2.9h-2.6v-2.9h-2.9v-2.6h2.9z"),
];
const PARTS = [[1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]];
const [LEFT, RIGHT, TOP, BOTTOM, INSIDE] = [58, 14, 10, 40, 12];

// Room around numbers beyond these would be no number of the computer's any more.
const drawable = (value) => value >= 1e-270 && value <= 1e270;
// Of very many numbers, too, which Math.min(...numbers) would not take.
const extremes = (numbers) =>
  numbers.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);

/** The ends of an axis on which some positive values, at least one, have room: [low, high]. */
export function logRange(values) {
  const [low, high] = extremes(values).map(Math.log10);
  const more = Math.max(0.04 * (high - low), (0.4 - (high - low)) / 2);
  return [10 ** (low - more), 10 ** (high + more)];
}

/**
 * Round numbers from low to high (2.3 times as much or more), at least 2 and at most `most` (6 or more): powers of ten,
 * and where these are few, numbers between them.
 */
export function logTicks(low, high, most = 6) {
  const between = (parts, step = 1) => {
    const ticks = [];
    const last = Math.ceil(Math.log10(high));
    for (let power = step * Math.floor(Math.log10(low) / step); power <= last; power += step) {
      ticks.push(...parts.map((part) => Number((part * 10 ** power).toPrecision(3))));
    }
    return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  };
  const tens = between([1], Math.ceil(between([1]).length / most) || 1);
  return PARTS.map((parts) => between(parts)).reduce(
    (best, ticks) => (ticks.length <= most && ticks.length > best.length ? ticks : best),
    tens,
  );
}

/** The first of some whole numbers, and round ones after it: multiples of 1, 2, 5, 10 ..., about `most` of them. */
export function wholeTicks(first, last, most) {
  let step = 1;
  for (let i = 1; (last - first) / step > most; i++) step = [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3);
  const ticks = [first];
  for (let tick = step * Math.ceil((first + 0.75 * step) / step); tick <= last; tick += step) ticks.push(tick);
  return ticks;
}

/**
 * A chart of lines, as wide as its place.
 *
 * @param {{label: string, axis: string, high?: number, covers?: number[], strong?: number, crosses?: boolean,
 *   apart?: number, last?: boolean, onpick?: (x: number) => void}} options axis: words under the chart; high: its
 *   height in pixels; covers: values that the scale has in any case; strong: the value whose rule is a strong one;
 *   crosses: draw what is not above zero as crosses at the foot, else it is left out; apart: least distance of the
 *   marks of a line in pixels; last: write the last values beside the names; onpick hears of the place pointed at.
 * @returns {{el, update}} update(lines, said, here): lines is [{name, at, values}], 6 at most; values[i] stands at the
 *   whole number at[i], in rising order; said: the chart in words; here: the place to mark, if any.
 */
export function logChart({ label, axis, high = 290, covers = [], strong, crosses, apart = 0, last, onpick }) {
  const svg = s("svg", { class: "rf-chart", role: "img", "aria-label": label, height: high });
  const legend = h("div", { class: "rf-bar rf-legend" });
  const el = h("div", {}, svg, legend);
  const foot = high - BOTTOM;
  let shown;
  let wide = 0;
  let steps = [0, 1];
  const width = () => clamp(el.clientWidth || 700, 240, 760);
  const across = (x) =>
    LEFT + INSIDE + ((wide - LEFT - RIGHT - 2 * INSIDE) * (x - steps[0])) / Math.max(1, steps[1] - steps[0]);
  const write = (text, x, y, anchor) => s("text", { x, y, "text-anchor": anchor }, text);
  const rule = (y, kind) => s("line", { class: kind, x1: LEFT, x2: wide - RIGHT, y1: y, y2: y });

  const trace = (d, i) => s("path", { class: "rf-path", d, "stroke-dasharray": DASHES[i] });
  const cross = ([x, y]) => s("path", { class: "rf-nothing", d: `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7` });

  function line({ at, values }, i, down) {
    const good = values.map(drawable);
    const marks = [];
    let path = "";
    let marked = -Infinity;
    values.forEach((value, k) => {
      const x = across(at[k]);
      if (good[k]) {
        const y = down(value);
        path += `${good[k - 1] ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
        if (x - marked < apart && (good[k - 1] || good[k + 1])) return;
        marks.push(MARKS[i]([x, y]));
        marked = x;
      } else if (crosses) marks.push(cross([x, foot]));
    });
    return s("g", { class: `rf-line${i}` }, trace(path, i), ...marks);
  }

  function key({ name, values }, i) {
    const look = { width: 40, height: 14, "aria-hidden": "true", class: `rf-line${i}` };
    const words = last ? `${name} ${show(values[values.length - 1])}` : name;
    return h("span", { class: "rf-check" }, s("svg", look, trace("M1 7h38", i), MARKS[i]([20, 7])), words);
  }

  function update(lines, said, here) {
    shown = [lines, said, here];
    wide = width();
    svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    svg.setAttribute("width", wide);
    svg.setAttribute("aria-label", said || label);
    legend.replaceChildren(...lines.map(key));
    const all = [...covers, ...lines.flatMap(({ values }) => values.filter(drawable))];
    const ground = rule(foot, "rf-tick rf-one");
    if (!all.length) return svg.replaceChildren(ground, write("no values yet", wide / 2, high / 2, "middle"));
    steps = extremes(lines.flatMap(({ at }) => at));
    const ends = logRange(all);
    const [least, most] = ends.map(Math.log10);
    const down = (value) => foot - ((Math.log10(value) - least) / (most - least)) * (foot - TOP);
    const numbered = wholeTicks(...steps, (wide - LEFT - RIGHT) / (12 + 7 * String(steps[1]).length));
    svg.replaceChildren(
      ...logTicks(...ends, Math.floor((foot - TOP) / 30)).flatMap((tick) => [
        rule(down(tick), tick === strong ? "rf-tick rf-one" : "rf-tick"),
        write(show(tick, 3), LEFT - 6, down(tick) + 4, "end"),
      ]),
      ground,
      ...numbered.map((x) => write(x, across(x), foot + 18, "middle")),
      write(axis, (LEFT + wide - RIGHT) / 2, high - 5, "middle"),
      here === undefined ? "" : s("line", { class: "rf-here", x1: across(here), x2: across(here), y1: TOP, y2: foot }),
      ...lines.map((one, i) => line(one, i, down)),
    );
  }

  if (onpick)
    svg.addEventListener("pointermove", (event) => {
      const x = event.clientX - svg.getBoundingClientRect().left;
      const far = (step) => Math.abs(across(step) - x);
      const places = shown ? shown[0].flatMap(({ at }) => at) : [];
      if (places.length) onpick(places.reduce((best, step) => (far(step) < far(best) ? step : best)));
    });
  if (window.ResizeObserver)
    new ResizeObserver(() => requestAnimationFrame(() => shown && wide !== width() && update(...shown))).observe(el);
  return { el, update };
}
