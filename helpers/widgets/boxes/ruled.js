// A sheet ruled like squared paper, on which boxes can be counted out.
import { s } from "../page/dom.js";
import { show } from "../page/numbers.js";

/**
 * How large a sheet is for these boxes, and how finely it is ruled.
 *
 * @returns {{width, height, rule, step}} rule: from line to line; step: what coordinates are multiples of.
 */
export function roomFor(boxes) {
  const far = (edge) => Math.max(...boxes.map((box) => box[edge]), 0);
  const size = Math.max(far(2), far(3)) || 1;
  const power = 10 ** Math.floor(Math.log10(size / 1.2));
  const rule = [1, 2, 5].map((part) => part * power).find((part) => size / part <= 12) || power;
  const up = (value) => rule * Math.ceil((value + 0.4 * rule) / rule);
  return { width: up(far(2) || size), height: up(far(3) || size), rule, step: rule <= 1 ? rule / 2 : rule / 10 };
}

/** The box with its edges on multiples of `step`, without the dust of floating point. */
export const onSteps = (box, step) => box.map((edge) => Number((Math.round(edge / step) * step).toPrecision(10)));

/** Lines and numbers, for the back of a sheet; `unit` is the sheet's units a CSS pixel. */
export function ruling({ width, height, rule }, unit) {
  const lines = [];
  const text = (value, x, y, anchor) =>
    s("text", { x, y, "font-size": 10.5 * unit, fill: "#555", stroke: "none", "text-anchor": anchor }, show(value));
  for (let i = 1; i * rule < width * 0.999; i++) {
    const x = i * rule;
    lines.push(s("line", { x1: x, x2: x, y1: 0, y2: height }), text(x, x, 11 * unit, "middle"));
  }
  for (let i = 1; i * rule < height * 0.999; i++) {
    const y = i * rule;
    lines.push(s("line", { x1: 0, x2: width, y1: y, y2: y }), text(y, 3 * unit, y + 4 * unit, "start"));
  }
  return s("g", { stroke: "#d9d9de", "stroke-width": unit, "aria-hidden": "true" }, ...lines);
}
