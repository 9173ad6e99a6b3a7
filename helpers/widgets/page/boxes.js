// Boxes on a sheet or a picture: drawn, dragged, resized and named, by pointer and by keyboard.
import { dress, h, s } from "./dom.js";
import { arrow } from "./keyboard.js";
import { clamp } from "./numbers.js";

const HANDLES = [
  [0, 1],
  [2, 1],
  [0, 3],
  [2, 3],
]; // which edges (left 0, top 1, right 2, bottom 3) a corner moves
const REACH = 9; // CSS pixels around a corner that still take hold of it

/**
 * How much two boxes share, as part of all that they cover: their sides cut the plane into a grid, and its fields are
 * added up, those inside both and those inside any. 0 if nothing is covered.
 *
 * @param {number[]} one [x1, y1, x2, y2].
 * @param {number[]} other [x1, y1, x2, y2].
 * @returns {{shared: number, covered: number, share: number}} areas, and shared / covered.
 */
export function overlap(one, other) {
  const cuts = [0, 1].map((axis) => [one[axis], one[axis + 2], other[axis], other[axis + 2]].sort((a, b) => a - b));
  const inside = (box, x, y) => box[0] < x && x < box[2] && box[1] < y && y < box[3];
  let [shared, covered] = [0, 0];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      const [left, right, top, bottom] = [cuts[0][i], cuts[0][i + 1], cuts[1][j], cuts[1][j + 1]];
      const middle = [(left + right) / 2, (top + bottom) / 2];
      const hits = [one, other].filter((box) => inside(box, ...middle)).length;
      const area = (right - left) * (bottom - top);
      if (hits) covered += area;
      if (hits === 2) shared += area;
    }
  }
  return { shared, covered, share: covered ? shared / covered : 0 };
}

/** Whether a share reaches a threshold; the difference is rounded to 12 digits, as helpers.overlap does at ties. */
export const enough = (share, threshold) => Math.round((share - threshold) * 1e12) >= 0;

/** The box moved by (dx, dy), kept on a sheet of this size. */
export function moved([x1, y1, x2, y2], dx, dy, width, height) {
  const x = clamp(x1 + dx, 0, width - (x2 - x1));
  const y = clamp(y1 + dy, 0, height - (y2 - y1));
  return [x, y, x + x2 - x1, y + y2 - y1];
}

/** The box with some edges moved by (dx, dy); its sides stay at least `least` long, and on the sheet. */
export function resized(box, edges, dx, dy, width, height, least) {
  const next = [...box];
  if (edges.includes(0)) next[0] = clamp(box[0] + dx, 0, box[2] - least);
  if (edges.includes(2)) next[2] = clamp(box[2] + dx, box[0] + least, width);
  if (edges.includes(1)) next[1] = clamp(box[1] + dy, 0, box[3] - least);
  if (edges.includes(3)) next[3] = clamp(box[3] + dy, box[1] + least, height);
  return next;
}

/**
 * What a pointer at (x, y) takes hold of: a corner of the chosen box, then a corner of any, then the smallest box
 * around it, so that no box can hide another.
 *
 * @returns {{index: number, edges?: number[]} | null}
 */
export function grasped(boxes, [x, y], reach, chosen) {
  const area = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
  const free = [...boxes.keys()].filter((index) => !boxes[index].fixed);
  const order = free.sort((a, b) => (b === chosen) - (a === chosen) || area(boxes[a]) - area(boxes[b]));
  for (const index of order) {
    const { box } = boxes[index];
    const near = (edge, at, low, high) => {
      const inwards = at > box[low] && at < box[high];
      return Math.abs(at - box[edge]) <= (inwards ? Math.min(reach, (box[high] - box[low]) / 4) : reach);
    };
    const edges = HANDLES.find(([across, down]) => near(across, x, 0, 2) && near(down, y, 1, 3));
    if (edges) return { index, edges };
  }
  const around = free.filter((index) => {
    const { box } = boxes[index];
    return box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3];
  });
  return around.length ? { index: around.reduce((a, b) => (area(boxes[b]) < area(boxes[a]) ? b : a)) } : null;
}

/**
 * A sheet of boxes.
 *
 * @param {object} options
 *   width, height: of the sheet, in its own units; wide: CSS pixels at most.
 *   label: for screen readers.
 *   picture: a data: URL behind the boxes, already checked by `pictureBytes`.
 *   pinned: the upper left corner of every box stays where it is, so whatever moves a box resizes it.
 *   step: how far an arrow key moves (10 times as far with Shift); with Alt it moves the lower right corner.
 *   least: the shortest side.
 *   onmove(index, box, settled): a box was moved or resized; settled at the end of a drag, and after each key.
 *   onselect(index), ondraw(box): a box was drawn on free ground; ondelete(index).
 * @returns {{el, back, front, update, focus}} update([{box, label, colour, dashed, faint, thick, text, corner, fixed}])
 *   draws; corner says where the text stands: 0 upper left, 1 upper right, 2 lower left, 3 lower right. back and front
 *   are SVG groups below and above the boxes, for whatever a view adds (grids, points, arrows).
 */
export function sheetOfBoxes(options) {
  const { width, height, wide = 480, label, picture, pinned = false, step = 1, least = 4 } = options;
  const { onmove, onselect, ondraw, ondelete } = options;
  const back = s("g");
  const layer = s("g");
  const front = s("g", { "pointer-events": "none" });
  const photo = picture ? [s("image", { href: picture, width, height, preserveAspectRatio: "none" })] : [];
  const frame = { class: "rf-stage", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label };
  const svg = s("svg", frame, ...photo, back, layer, front);
  const el = h("div", { class: "rf-panel" }, svg);
  el.style.width = `${wide}px`;
  let shown = [];
  let nodes = [];
  let drag = null;
  let chosen = -1;

  const unit = () => width / (svg.getBoundingClientRect().width || wide); // sheet units a CSS pixel
  const place = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [clamp(x, 0, width), clamp(y, 0, height)];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (drag || event.button) return;
    const from = place(event);
    const held = onmove && grasped(shown, from, REACH * unit(), chosen);
    if (!held && !ondraw) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    if (held) {
      nodes[held.index].group.focus({ preventScroll: true });
      drag = { ...held, from, box: shown[held.index].box };
      return;
    }
    const look = { fill: "none", stroke: "#b8004e", "stroke-width": 2 * unit(), "stroke-dasharray": 5 * unit() };
    drag = { from, drawn: s("rect", look) };
    front.append(drag.drawn);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = place(event);
    if (drag.drawn) {
      const [left, top] = drag.from;
      drag.box = [Math.min(x, left), Math.min(y, top), Math.max(x, left), Math.max(y, top)];
      outline(drag.drawn, drag.box);
      return;
    }
    drag.last = changed(x - drag.from[0], y - drag.from[1]);
    onmove(drag.index, drag.last, false);
  });
  const changed = (dx, dy) =>
    drag.edges || pinned
      ? resized(drag.box, drag.edges || [2, 3], dx, dy, width, height, least)
      : moved(drag.box, dx, dy, width, height);
  const finish = () => {
    const done = drag;
    drag = null;
    if (!done) return;
    if (!done.drawn) {
      if (shown[done.index]) onmove(done.index, done.last || done.box, true);
      return;
    }
    done.drawn.remove();
    if (done.box && done.box[2] - done.box[0] >= least && done.box[3] - done.box[1] >= least) ondraw(done.box);
  };
  svg.addEventListener("pointerup", finish);
  svg.addEventListener("pointercancel", finish);

  function pressed(event, index) {
    if (drag) return;
    if ((event.key === "Delete" || event.key === "Backspace") && ondelete) {
      event.preventDefault();
      ondelete(index);
      return;
    }
    if (shown[index].fixed || !onmove) return;
    const by = arrow(event);
    if (!by) return;
    const [dy, dx] = by.map((part) => part * step);
    const { box } = shown[index];
    const pulled = event.altKey || pinned;
    const next = pulled ? resized(box, [2, 3], dx, dy, width, height, least) : moved(box, dx, dy, width, height);
    shown[index] = { ...shown[index], box: next }; // the next key may come before the next frame
    onmove(index, next, true);
  }

  function make(index) {
    const rect = s("rect", { class: "rf-box" });
    const text = s("text", { "pointer-events": "none" });
    const handles = HANDLES.map(([across, down]) => {
      const slant = (across === 0) === (down === 1) ? "nwse" : "nesw";
      return s("rect", { class: "rf-handle", style: `cursor:${slant}-resize` });
    });
    const focused = () => {
      chosen = index;
      if (onselect) onselect(index);
    };
    const glow = ["rf-glow rf-pale", "rf-glow"].map((name) => s("rect", { class: name })); // while focused
    const role = { class: "rf-held", tabindex: "0", role: "button", "aria-roledescription": "box" };
    const listeners = { onkeydown: (event) => pressed(event, index), onfocus: focused };
    const group = s("g", { ...role, ...listeners }, ...glow, rect, text, ...handles);
    return { group, glow, rect, text, handles };
  }

  function outline(rect, [x1, y1, x2, y2]) {
    dress(rect, { x: x1, y: y1, width: Math.max(0, x2 - x1), height: Math.max(0, y2 - y1) });
  }

  /** Draw boxes; those that were there before are changed in place, so that focus and drags go on. */
  function update(boxes) {
    shown = boxes;
    while (nodes.length < boxes.length) {
      nodes.push(make(nodes.length));
      layer.append(nodes.at(-1).group);
    }
    while (nodes.length > boxes.length) nodes.pop().group.remove();
    const dot = unit();
    boxes.forEach((one, index) => {
      const { box, label: said, colour = "#0b62b0", dashed, faint, thick, text = "", corner = 0, fixed } = one;
      const { group, glow, rect, text: words, handles } = nodes[index];
      [...glow, rect].forEach((part) => outline(part, box));
      group.setAttribute("aria-label", said);
      [rect, ...handles].forEach((part) => part.setAttribute("opacity", faint ? 0.45 : 1));
      words.setAttribute("opacity", faint ? 0.8 : 1);
      dress(rect, {
        fill: colour,
        "fill-opacity": 0.14,
        stroke: colour,
        "stroke-width": (thick ? 5 : 3) * dot,
        "stroke-dasharray": dashed ? `${7 * dot} ${5 * dot}` : "none",
      });
      words.textContent = text;
      const [across, down] = HANDLES[corner];
      dress(words, {
        x: box[across] + (across ? -5 : 5) * dot,
        y: down === 1 ? Math.max(box[1], 0) + 16 * dot : box[3] - 6 * dot,
        "text-anchor": across ? "end" : "start",
        "font-size": 13.5 * dot,
        "font-weight": 600,
        fill: "#111",
        stroke: "#fff",
        "stroke-width": 3.5 * dot,
        "paint-order": "stroke",
      });
      const side = 11 * dot;
      handles.forEach((handle, corner) => {
        handle.setAttribute("display", fixed || !onmove ? "none" : "inline");
        const [x, y] = HANDLES[corner].map((edge) => box[edge] - side / 2);
        dress(handle, { x, y, width: side, height: side, "stroke-width": dot });
      });
    });
  }
  new ResizeObserver(() => drag || update(shown)).observe(svg); // lines and letters keep their size on the screen
  return { el, svg, back, front, update, unit, focus: (index) => nodes[index] && nodes[index].group.focus() };
}
