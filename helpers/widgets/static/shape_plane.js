// Shapes as points in the plane of width and height, with anchors that are dragged or moved to the mean of their group.
import { sheetOfBoxes } from "./boxes.js";
import { LINES } from "./colour.js";
import { playBar } from "./controls.js";
import { h, s } from "./dom.js";
import { panel } from "./matrix.js";
import { clamp, show } from "./numbers.js";
import { pulled } from "./slots.js";

const SCALE = 100;
const KINDS = ["●", "■", "◆", "▼", "▲"];
const DOTS = [
  (x, y) => `M${x - 0.9} ${y}a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0`,
  (x, y) => `M${x - 0.85} ${y - 0.85}h1.7v1.7h-1.7z`,
  (x, y) => `M${x} ${y - 1.2}l1.2 1.2l-1.2 1.2l-1.2 -1.2z`,
  (x, y) => `M${x} ${y + 1.1}l-1.1 -2h2.2z`,
  (x, y) => `M${x} ${y - 1.1}l1.1 2h-2.2z`,
];

/**
 * The plane with its play bar.
 *
 * @param {{shapes: number[][], anchors: number[][], onchange: () => void}} options onchange: the anchors are others now.
 * @returns {{el, update, anchors, put}} anchors() are those of the step shown; put(anchors) starts anew from others.
 */
export function shapePlane({ shapes, anchors: first, onchange }) {
  let path = [pulled(shapes, first)]; // a step each
  let at = 0;
  const anchors = () => path[at].anchors;
  const quarters = [25, 50, 75];
  const sheet = sheetOfBoxes({
    width: SCALE,
    height: SCALE,
    wide: 300,
    label: "shapes by width and height: arrow keys change an anchor",
    least: 2,
    pinned: true,
    onmove: (index, box) => put(anchors().map((anchor, i) => (i === index ? [box[2] / SCALE, box[3] / SCALE] : anchor))),
  });
  sheet.el.classList.add("rf-plane");
  const mean = h("p");
  const groups = h("ul", { class: "rf-places" });
  const course = h("p", { class: "rf-small" });
  const settled = () => {
    const { anchors: here, moved } = path.at(-1);
    return moved.every((to, i) => to.every((part, axis) => Math.abs(part - here[i][axis]) < 1e-9));
  };
  const bar = playBar({
    at: () => at,
    last: () => (settled() ? path.length - 1 : path.length),
    go(to) {
      if (to >= path.length && !settled()) path.push(pulled(shapes, path.at(-1).moved));
      at = clamp(to, 0, path.length - 1);
      onchange();
    },
  });

  function put(next) {
    path = [pulled(shapes, next)];
    at = 0;
    bar.stop();
    onchange();
  }

  function update() {
    const { nearest, counts, mean: share } = path[at];
    const marks = anchors().map((_, i) => shapes.filter((_, n) => nearest[n] === i).map(([w, t]) => DOTS[i](SCALE * w, SCALE * t)));
    sheet.back.replaceChildren(
      s("path", { class: "rf-lines", d: quarters.map((place) => `M${place} 0V${SCALE}M0 ${place}H${SCALE}`).join("") }),
      ...marks.map((list, i) => s("path", { class: "rf-points", fill: LINES[i], d: list.join("") || "M0 0" })),
    );
    const sizes = anchors().map(([width, height]) => `width ${show(width, 2)}, height ${show(height, 2)}`);
    sheet.update(
      anchors().map(([width, height], i) => ({ box: [0, 0, SCALE * width, SCALE * height], colour: LINES[i], dashed: true, label: `anchor ${i}, ${sizes[i]}` })),
    );
    const one = sheet.unit();
    sheet.front.replaceChildren(
      ...quarters.flatMap((place) => [
        s("text", { class: "rf-faint", x: place + 0.8, y: 98.8, "font-size": 11 * one }, show(place / SCALE)),
        s("text", { class: "rf-faint", x: 92, y: place - 1, "font-size": 11 * one }, show(place / SCALE)),
      ]),
      ...anchors().map(([width, height], i) =>
        s("text", { class: "rf-named", x: Math.min(SCALE * width + 2.5, 74), y: Math.min(SCALE * height + 4.5, 98), "font-size": 13 * one, "stroke-width": 3.5 * one }, `${KINDS[i]} anchor ${i}`),
      ),
    );
    mean.textContent = `Mean overlap with the nearest anchor: ${show(share, 3)}.`;
    groups.replaceChildren(...sizes.map((size, i) => h("li", {}, `${KINDS[i]} anchor ${i}: ${size}, nearest to ${counts[i]} of ${shapes.length}`)));
    const steps = path.map((one, i) => (i === at ? `[${show(one.mean, 3)}]` : show(one.mean, 3)));
    course.textContent = path.length > 1 ? `Step by step: ${steps.join(" → ")}${settled() ? "; no anchor moves any more." : ""}` : "";
  }

  const beside = h("div", { class: "rf-panel rf-beside" }, h("p", { class: "rf-title" }, "move each anchor to the mean of its group"), bar.el, mean, groups, course);
  const plane = panel("shapes of many boxes, hung at one corner", sheet.el, "width →, height ↓; drag an anchor by its corner");
  return { el: h("div", { class: "rf-row" }, plane.el, beside), update, anchors, put };
}
