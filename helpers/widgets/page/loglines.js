// Lines over whole numbers, on a scale of powers of ten.
import { h, s } from "./dom.js";
import { clamp } from "./numbers.js";

// Each line has its own dashes and its own marks, besides its colour.
const DASHES = ["", "7 4", "2 3", "9 3 2 3", "1 5"];
const MARKS = [
  ([x, y]) => s("circle", { cx: x, cy: y, r: 3.5 }),
  ([x, y]) => s("rect", { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4 }),
  ([x, y]) => s("path", { d: `M${x} ${y - 4.5}l4.5 8h-9z` }),
  ([x, y]) => s("path", { d: `M${x} ${y + 4.5}l4.5 -8h-9z` }),
  ([x, y]) => s("path", { d: `M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z` }),
];
const [LEFT, RIGHT, TOP, BOTTOM, HIGH] = [50, 14, 10, 40, 290];

/** Ticks: powers of ten from the smallest value to the largest, at most eight of them. */
function powers(lines) {
  const logs = lines.flatMap(({ values }) => values.filter((value) => value > 0).map(Math.log10));
  const [low, high] = [Math.floor(Math.min(-1, ...logs)), Math.ceil(Math.max(0.3, ...logs))];
  const step = Math.ceil((high - low) / 7);
  const count = Math.ceil((high - low) / step);
  return Array.from({ length: count + 1 }, (_, i) => high - step * i).reverse();
}

/**
 * A chart of lines that can be pointed at.
 *
 * @param {{label: string, axis: string, onpick: (x: number) => void}} options axis: words under the chart.
 * @returns {{el, update}} update(lines, at, label): lines is [{name, values}], values[i] stands at i + 1; zeros are
 *   drawn as crosses at the foot; at is the place to mark.
 */
export function logLines({ label, axis, onpick }) {
  const svg = s("svg", { class: "rf-chart", role: "img", "aria-label": label });
  const legend = h("div", { class: "rf-bar rf-legend" });
  const el = h("div", {}, legend, svg);
  let longest = 1;
  let wide = 0;
  const room = () => wide - LEFT - RIGHT;
  const across = (x) => LEFT + (room() * (x - 0.5)) / longest;
  svg.addEventListener("pointermove", (event) => {
    const x = event.clientX - svg.getBoundingClientRect().left;
    onpick(clamp(Math.round((longest * (x - LEFT)) / room() + 0.5), 1, longest));
  });

  function update(lines, at, said) {
    wide = clamp(el.clientWidth || 700, 260, 760);
    longest = Math.max(...lines.map(({ values }) => values.length));
    const ticks = powers(lines);
    const [low, high] = [ticks[0], ticks[ticks.length - 1]];
    const down = (value) =>
      TOP + ((high - (value > 0 ? Math.log10(value) : low)) / (high - low)) * (HIGH - TOP - BOTTOM);
    const every = [1, 2, 5, 10, 20, 50].find((one) => (longest / one) * 26 < room());
    const numbered = Array.from({ length: longest }, (_, i) => i + 1).filter(
      (x) => x === 1 || (x % every === 0 && across(x) > across(1) + 22),
    );
    const write = (text, x, y, anchor) => s("text", { x, y, "text-anchor": anchor }, text);
    const name = (power) => (power >= 0 && power < 4 ? String(10 ** power) : `1e${power}`);
    svg.setAttribute("viewBox", `0 0 ${wide} ${HIGH}`);
    svg.setAttribute("width", wide);
    svg.setAttribute("height", HIGH);
    svg.setAttribute("aria-label", said);
    svg.replaceChildren(
      ...ticks.flatMap((power) => {
        const y = down(10 ** power);
        return [
          s("line", { class: power ? "rf-tick" : "rf-tick rf-one", x1: LEFT, x2: wide - RIGHT, y1: y, y2: y }),
          write(name(power), LEFT - 6, y + 4, "end"),
        ];
      }),
      ...numbered.map((x) => write(x, across(x), HIGH - BOTTOM + 18, "middle")),
      write(axis, LEFT + room() / 2, HIGH - 5, "middle"),
      s("line", { class: "rf-here", x1: across(at), x2: across(at), y1: TOP, y2: HIGH - BOTTOM }),
      ...lines.map(({ values }, i) => {
        const places = values.map((value, k) => [across(k + 1), down(value)]);
        const marks = places.map(([x, y], k) =>
          values[k] > 0
            ? MARKS[i]([x, y])
            : s("path", { class: "rf-nothing", d: `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7` }),
        );
        const path = places.reduce(
          (d, [x, y], k) => `${d}${values[k] > 0 ? (values[k - 1] > 0 ? "L" : "M") : "M"}${x} ${y}`,
          "",
        );
        return s(
          "g",
          { class: `rf-line${i}` },
          s("path", { class: "rf-path", d: path, "stroke-dasharray": DASHES[i] }),
          ...marks,
        );
      }),
    );
    legend.replaceChildren(
      ...lines.map(({ name: title }, i) => {
        const sample = s(
          "svg",
          { width: 40, height: 14, "aria-hidden": "true", class: `rf-line${i}` },
          s("path", { class: "rf-path", d: "M1 7h38", "stroke-dasharray": DASHES[i] }),
          MARKS[i]([20, 7]),
        );
        return h("span", { class: "rf-check" }, sample, title);
      }),
    );
  }
  return { el, update };
}
