// The photograph of a detector under a canvas: many boxes a frame, names that avoid each other, grid and anchors.
import { LINES } from "../page/colour.js";
import { h } from "../page/dom.js";
import { clamp } from "../page/numbers.js";

const BROADEST = 440; // CSS pixels a side
const MOST_NAMED = 24;
const MARK = "#b8004e";
const DASH = 10; // dots of a dash with its gap

/**
 * @param {{picture: string, width: number, height: number}} options the size that the boxes' coordinates count in.
 * @returns {{el, canvas, draw, under}} draw({faint, firm, dashed, chosen, striker, grid}) of lists of
 *   {box, kind, title} and grid {cells, row, column, anchors}; under(event) is a place of the photograph.
 */
export function candidateStage({ picture, width, height }) {
  const wide = Math.round(Math.min(BROADEST, (BROADEST * width) / height));
  const canvas = h("canvas", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": "picture with boxes to walk through with the arrow keys",
  });
  const el = h("div", { class: "rf-photo" }, h("img", { src: picture, alt: "" }), canvas);
  el.style.width = `${wide}px`;
  el.style.aspectRatio = `${width} / ${height}`;
  const context = canvas.getContext("2d");
  const dashes = LINES.map((colour) => context.createPattern(stripes(colour), "repeat"));
  let dot = 1; // dots of the canvas a CSS pixel
  let scale = 1; // dots of the canvas a pixel of the photograph

  /** Lines of slanting stripes look dashed in both directions, and cost no more than plain ones. */
  function stripes(colour) {
    const tile = h("canvas", { width: DASH, height: DASH });
    const ink = tile.getContext("2d");
    ink.fillStyle = colour;
    for (let y = 0; y < DASH; y++) for (let x = 0; x < DASH; x++) if ((x + y) % DASH < 6) ink.fillRect(x, y, 1, 1);
    return tile;
  }

  /** A frame of four bars on whole dots. */
  function ring([x1, y1, x2, y2], thick, fill) {
    const [left, top, right, bottom] = [x1, y1, x2, y2].map((edge) => Math.round(edge * scale - thick / 2));
    context.fillStyle = fill;
    context.fillRect(left, top, right - left + thick, thick);
    context.fillRect(left, bottom, right - left + thick, thick);
    context.fillRect(left, top + thick, thick, bottom - top - thick);
    context.fillRect(right, top + thick, thick, bottom - top - thick);
  }
  const colourOf = ({ kind }, from) => from[kind % LINES.length];
  const dots = (pixels) => Math.max(1, Math.round(pixels * dot));

  function drawGrid({ cells, row, column, anchors }) {
    const [across, down] = [canvas.width / cells, canvas.height / cells];
    context.fillStyle = "#ffffffb0";
    for (let i = 1; i < cells; i++) {
      context.fillRect(Math.round(i * across), 0, dots(1), canvas.height);
      context.fillRect(0, Math.round(i * down), canvas.width, dots(1));
    }
    context.fillStyle = `${MARK}70`;
    context.fillRect(column * across, row * down, across, down);
    const [x, y] = [((column + 0.5) * width) / cells, ((row + 0.5) * height) / cells];
    for (const [w, t] of anchors) dotted([x - w / 2, y - t / 2, x + w / 2, y + t / 2]);
  }
  function dotted([x1, y1, x2, y2]) {
    [
      ["#111", 4, []],
      ["#fff", 2, [3 * dot, 3 * dot]],
    ].forEach(([colour, thick, gaps]) => {
      context.strokeStyle = colour;
      context.lineWidth = thick * dot;
      context.setLineDash(gaps);
      context.strokeRect(x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale);
    });
  }

  /** Names at the upper left corners, each moved down until it stands clear of those before it. */
  function writeNames(list) {
    const taken = [];
    context.font = `600 ${12.5 * dot}px system-ui, sans-serif`;
    context.lineJoin = "round";
    context.setLineDash([]);
    for (const { box, title } of list.slice(0, MOST_NAMED)) {
      const long = context.measureText(title).width;
      const x = clamp(box[0] * scale + 5 * dot, 2 * dot, Math.max(2 * dot, canvas.width - long - 3 * dot));
      let y = clamp(box[1] * scale + 16 * dot, 14 * dot, canvas.height - 4 * dot);
      const hides = (other) => Math.abs(other.y - y) < 15 * dot && x < other.x + other.long && other.x < x + long;
      while (y < canvas.height && taken.some(hides)) y += 4 * dot;
      taken.push({ x, y, long });
      context.lineWidth = 4 * dot;
      context.strokeStyle = "#fff";
      context.strokeText(title, x, y);
      context.fillStyle = "#111";
      context.fillText(title, x, y);
    }
  }

  function draw({ faint, firm, dashed, chosen, striker, grid }) {
    dot = Math.min(2, window.devicePixelRatio || 1);
    const broad = Math.round((canvas.clientWidth || wide) * dot);
    scale = broad / width;
    canvas.width = broad; // empties it
    canvas.height = Math.round(height * scale);
    context.globalAlpha = dashed ? 0.4 : 1; // what is struck out must not hide the photograph
    if (!dashed) for (const one of faint) ring(one.box, dots(1.5) + 2, "#ffffffb0");
    for (const one of faint) ring(one.box, dots(1.5), colourOf(one, dashed ? dashes : LINES));
    context.globalAlpha = 1;
    for (const one of firm) ring(one.box, dots(5), "#ffffffd0");
    for (const one of firm) ring(one.box, dots(3), colourOf(one, LINES));
    if (grid.cells) drawGrid(grid);
    for (const one of [striker, chosen].filter(Boolean)) {
      ring(one.box, dots(7), "#ffffffd0");
      ring(one.box, dots(4), one === chosen ? MARK : "#111");
    }
    writeNames(firm);
  }

  function under({ clientX, clientY }) {
    const { left, top, width: w, height: t } = canvas.getBoundingClientRect();
    return [((clientX - left) / w) * width, ((clientY - top) / t) * height];
  }
  return { el, canvas, draw, under };
}
