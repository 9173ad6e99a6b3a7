// Shapes as points in the plane of width and height, with anchors that are dragged or moved to the mean of their group.
import { sheetOfBoxes } from "../page/boxes.js";
import { LINES } from "../page/colour.js";
import { playBar } from "../page/controls.js";
import { h, s } from "../page/dom.js";
import { panel } from "../page/matrix.js";
import { clamp, show } from "../page/numbers.js";
import { pulled } from "./slots.js";

const SCALE = 100;
const WHY_IT_FELL =
  " It may fall a little on the way: the mean of a group is not the shape that overlaps the group best.";
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
 * @param {{shapes: number[][], anchors: number[][], onchange: () => void}} options onchange hears that anchors changed.
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
    onmove(index, [, , width, height]) {
      put(anchors().map((anchor, i) => (i === index ? [width / SCALE, height / SCALE] : anchor)));
    },
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
    const marks = anchors().map(() => "");
    shapes.forEach(([w, t], n) => (marks[nearest[n]] += DOTS[nearest[n]](SCALE * w, SCALE * t)));
    sheet.back.replaceChildren(
      s("path", { class: "rf-lines", d: quarters.map((place) => `M${place} 0V${SCALE}M0 ${place}H${SCALE}`).join("") }),
      ...marks.map((d, i) => s("path", { class: "rf-points", fill: LINES[i], d: d || "M0 0" })),
    );
    const sizes = anchors().map(([width, height]) => `width ${show(width, 2)}, height ${show(height, 2)}`);
    sheet.update(
      anchors().map(([width, height], i) => ({
        box: [0, 0, SCALE * width, SCALE * height],
        colour: LINES[i],
        dashed: true,
        label: `anchor ${i}, ${sizes[i]}`,
      })),
    );
    const one = sheet.unit();
    const small = { class: "rf-faint", "font-size": 11 * one };
    const bold = { class: "rf-named", "font-size": 13 * one, "stroke-width": 3.5 * one };
    sheet.front.replaceChildren(
      ...quarters.flatMap((place) => [
        s("text", { ...small, x: place + 0.8, y: 98.8 }, show(place / SCALE)),
        s("text", { ...small, x: 92, y: place - 1 }, show(place / SCALE)),
      ]),
      ...anchors().map(([width, height], i) => {
        const corner = { x: Math.min(SCALE * width + 2.5, 74), y: Math.min(SCALE * height + 4.5, 98) };
        return s("text", { ...bold, ...corner }, `${KINDS[i]} anchor ${i}`);
      }),
    );
    mean.textContent = `Mean overlap with the nearest anchor: ${show(share, 3)}.`;
    const line = (size, i) => `${KINDS[i]} anchor ${i}: ${size}, nearest to ${counts[i]} of ${shapes.length}`;
    groups.replaceChildren(...sizes.map((size, i) => h("li", {}, line(size, i))));
    const steps = path.map((one, i) => (i === at ? `[${show(one.mean, 3)}]` : show(one.mean, 3)));
    const rest = settled() ? "; no anchor moves any more." : "";
    const fell = path.some((one, i) => i && one.mean < path[i - 1].mean);
    course.textContent = path.length > 1 ? `Step by step: ${steps.join(" → ")}${rest}${fell ? WHY_IT_FELL : ""}` : "";
  }

  const title = h("p", { class: "rf-title" }, "move each anchor to the mean of its group");
  const beside = h("div", { class: "rf-panel rf-beside" }, title, bar.el, mean, groups, course);
  const hint = "width →, height ↓; drag an anchor by its corner";
  const plane = panel("width and height of many boxes", sheet.el, hint);
  return { el: h("div", { class: "rf-row" }, plane.el, beside), update, anchors, put };
}
