// Two boxes: the part in both hatched, and what it is of all that they cover.
import { enough, overlap, sheetOfBoxes } from "../page/boxes.js";
import { dress, h, s, unique } from "../page/dom.js";
import { panel } from "../page/matrix.js";
import { show } from "../page/numbers.js";
import { onSteps, roomFor, ruling } from "./ruled.js";

const corners = (box) => `(${box.map((edge) => show(edge)).join(", ")})`;

/**
 * @param {{onchange: Function}} options onchange() hears that there is something to draw.
 * @returns {{el, put, draw, said, boxes}} put(boxes) shows others, on a sheet of their size; draw() draws them.
 */
export function twoBoxes({ onchange }) {
  const place = h("div", { class: "rf-panel" });
  const lines = h("div", { class: "rf-formula" });
  const [clip, pattern] = [unique("clip"), unique("hatch")];
  let [boxes, stage, hatched, other, ruled, back] = [[]];

  function put(next) {
    boxes = next.map((box) => [...box]);
    const room = roomFor(boxes);
    stage = sheetOfBoxes({
      ...room,
      wide: 440,
      label: "two boxes on squared paper",
      least: room.step,
      onmove(index, box) {
        boxes[index] = onSteps(box, room.step);
        onchange();
      },
    });
    [hatched, other] = [s("rect", { fill: `url(#${pattern})`, "clip-path": `url(#${clip})` }), s("rect")];
    const size = Math.max(room.width, room.height) / 55;
    const stroke = s("path", { d: `M0 ${size}L${size} 0`, stroke: "#b8004e", "stroke-width": size / 5 });
    const tile = s("pattern", { id: pattern, width: size, height: size, patternUnits: "userSpaceOnUse" }, stroke);
    stage.front.append(s("defs", {}, s("clipPath", { id: clip }, other), tile), hatched);
    [ruled, back] = [room, stage.back];
    place.replaceChildren(stage.el);
    onchange();
  }
  function draw() {
    const { shared, covered, share } = overlap(...boxes);
    const areas = boxes.map((box) => overlap(box, box).covered);
    [hatched, other].forEach((rect, i) => {
      const [x, y, x2, y2] = boxes[i];
      dress(rect, { x, y, width: x2 - x, height: y2 - y });
    });
    back.replaceChildren(ruling(ruled, stage.unit()));
    const lower = boxes[0][3] > boxes[1][3] ? 0 : 1;
    stage.update(
      boxes.map((box, i) => ({
        box,
        colour: ["#0b62b0", "#8a4b00"][i],
        dashed: i === 1,
        text: "AB"[i],
        corner: i === lower ? 3 : 0,
        label: `box ${"AB"[i]}, ${corners(box)}`,
      })),
    );
    const sides = ([x1, y1, x2, y2]) => `${show(x2 - x1)} × ${show(y2 - y1)}`;
    const rows = [
      ...boxes.map((box, i) => [`${"AB"[i]} ${corners(box)}`, `${sides(box)} = ${show(areas[i])}`]),
      ["in both (hatched)", show(shared)],
      ["in A or B", `${show(areas[0])} + ${show(areas[1])} − ${show(shared)} = ${show(covered)}`],
      ["IoU: in both, of all", `${show(shared)} / ${show(covered)} = ${show(share)}`],
    ];
    lines.replaceChildren(...rows.map(([name, value]) => h("div", {}, h("span", {}, name), h("strong", {}, value))));
  }
  function said() {
    const { shared, covered, share } = overlap(...boxes);
    const verdict = enough(share, 0.5) ? "at least 0.5, which counts as a" : "below 0.5, too little for a";
    return `IoU = ${show(shared)} / ${show(covered)} = ${show(share)}: ${verdict} correct detection.`;
  }
  const keys = "arrows move, Alt with arrows resizes, Shift goes farther";
  const left = panel("two boxes: drag them, or pull a corner", place, keys).el;
  const right = panel("count the squares", lines, "boxes are (x1, y1, x2, y2); the origin is the upper left").el;
  return { el: h("div", { class: "rf-row" }, left, right), put, draw, said, boxes: () => boxes };
}
