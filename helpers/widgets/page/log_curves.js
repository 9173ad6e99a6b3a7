// Curves over steps on a logarithmic scale, each with a name, a colour and dashes of its own.
import { LINES } from "./colour.js";
import { h, s } from "./dom.js";
import { show } from "./numbers.js";

const DASHES = ["", "8 4", "2 3", "10 3 2 3", "5 2", "1 2"];
const [PLOT_W, PLOT_H] = [320, 190];
const INNER = { left: 58, right: 312, top: 8, bottom: 166 };

/** Round numbers between two positive ones: powers of ten, or 1, 2 and 5 times them where these are few. */
export function logTicks(low, high) {
  const between = (parts) => {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      ticks.push(...parts.map((part) => Number((part * 10 ** power).toPrecision(3))));
    }
    return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  };
  const tens = between([1]);
  const some = tens.length > 2 ? tens : between([1, 2, 5]);
  const fine = some.length > 1 ? some : between([1, 1.5, 2, 3, 4, 5, 6, 8]);
  return fine.filter((_, i) => i % Math.ceil(fine.length / 6) === 0);
}

const lookOf = (i) => ({
  stroke: LINES[i % LINES.length],
  "stroke-dasharray": DASHES[i % DASHES.length],
  fill: "none",
  "stroke-width": 2.4,
});

/** {el, update}; update(steps, {name: values}) draws: one value a step, those that are not above 0 left out. */
export function logCurves(label) {
  const svg = s("svg", { viewBox: `0 0 ${PLOT_W} ${PLOT_H}`, class: "rf-curves", role: "img", "aria-label": label });
  const key = h("p", { class: "rf-small rf-key" });
  const el = h("div", { class: "rf-panel" }, svg, key);
  function update(steps, curves) {
    const good = (value) => value > 0 && value < Infinity;
    const all = Object.values(curves).flat().filter(good);
    if (!all.length) return svg.replaceChildren(s("text", { x: 60, y: 90 }, "no costs yet"));
    let [low, high] = all.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
    if (high / low < 1.5) [low, high] = [low / 1.3, high * 1.3];
    const [first, last] = [steps[0], Math.max(steps.at(-1), steps[0] + 1)];
    const x = (step) => INNER.left + ((step - first) / (last - first)) * (INNER.right - INNER.left);
    const y = (value) => INNER.bottom - (Math.log(value / low) / Math.log(high / low)) * (INNER.bottom - INNER.top);
    const ticks = logTicks(low, high).flatMap((tick) => [
      s("line", { x1: INNER.left, x2: INNER.right, y1: y(tick), y2: y(tick), class: "rf-rule" }),
      s("text", { x: INNER.left - 5, y: y(tick) + 4, "text-anchor": "end" }, show(tick, 3)),
    ]);
    const end = s("text", { x: INNER.right, y: 184, "text-anchor": "end" }, last);
    const ends = [s("text", { x: INNER.left, y: 184 }, `step ${first}`), end];
    const lines = Object.values(curves).map((values, i) => {
      const point = (value, at) => (good(value) ? [`${x(steps[at]).toFixed(1)},${y(value).toFixed(1)}`] : []);
      return s("polyline", { points: values.flatMap(point).join(" "), ...lookOf(i) });
    });
    svg.replaceChildren(s("rect", { width: PLOT_W, height: PLOT_H, fill: "#fff" }), ...ticks, ...ends, ...lines);
    key.replaceChildren(
      ...Object.entries(curves).map(([name, values], i) => {
        const ground = s("rect", { width: 34, height: 10, fill: "#fff" });
        const sample = s("line", { x1: 1, x2: 33, y1: 5, y2: 5, ...lookOf(i) });
        const drawn = s("svg", { width: 34, height: 10, "aria-hidden": "true" }, ground, sample);
        return h("span", {}, drawn, ` ${name} ${show(values.at(-1))}`);
      }),
    );
    const story = ([name, values]) => `${name} from ${show(values[0])} to ${show(values.at(-1))}`;
    svg.setAttribute("aria-label", `${label}: ${Object.entries(curves).map(story).join(", ")}.`);
  }
  return { el, update };
}
