// The plane of the triplets: points to drag, the zones around the anchor, the crowd behind them.
import { arrowPath, aside, middle, shift, unit } from "./directions.js";
import { dress, h, s } from "../page/dom.js";
import { arrow } from "../page/keyboard.js";
import { clamp, show } from "../page/numbers.js";
import { squared, stepped } from "./pulling.js";

const [WIDE, TALL, EDGE] = [480, 400, 8]; // pixels, before they are scaled
const INKS = ["var(--rf-ink)", "var(--rf-good)", "var(--rf-mark)"];
const SHAPES = ["M-7,0a7,7 0 1 0 14,0a7,7 0 1 0-14,0", "M-6,-6h12v12h-12z", "M0,-9l9,9l-9,9l-9,-9z"];
const ARROW = 0.2; // drawn length of minus the gradient

const ink = (index) => INKS[Math.min(index, 2)];
const word = (text, style = "") => s("text", { class: "rf-inplane", style, "pointer-events": "none" }, text);

/**
 * A plane of points.
 *
 * @param {{names: string[], letters: string[], crowd: number[][], labels: string[], onmove: Function,
 *   onpick: Function}} options onmove(index, point) for a point that is dragged or moved by keys; onpick(n) for one of
 *   the crowd.
 * @returns {{el, frame, update}} frame(corners, margin) chooses what is seen; update(trail, seen, margin) draws the
 *   last of a list of corners and the way to it, with what `pulling` says about it.
 */
export function tripletPlane({ names, letters, crowd, labels, onmove, onpick }) {
  let view = { middle: [0, 0], scale: 1 };
  let corners = [];
  let dragged = -1;
  let marked = 0;
  const centre = [WIDE / 2, TALL / 2];
  const turned = [1, -1]; // rows count downwards
  const dot = (point) =>
    point.map((part, axis) => centre[axis] + turned[axis] * (part - view.middle[axis]) * view.scale);
  const neat = (part) => Number(part.toFixed(clamp(Math.ceil(Math.log10(view.scale)), 0, 12)));
  const place = (pixels) =>
    pixels.map((part, axis) => view.middle[axis] + (turned[axis] * (part - centre[axis])) / view.scale);
  const move = (index, point) => {
    corners = corners.map((corner, i) => (i === index ? point.map(neat) : corner)); // keys may be faster than frames
    onmove(index, corners[index]);
  };

  const zones = ["easy", "semi-hard", "hard"].map((name) => word(name));
  const ring = s("circle", { class: "rf-ring" });
  const disc = s("circle", { class: "rf-disc" });
  const halo = s("circle", { class: "rf-halo", r: 12 });
  const spots = crowd.map((_, n) => {
    const short = [...labels[n]].slice(0, 2).join("");
    const mark = short ? word(short, "font-size:11px;font-weight:400") : s("circle", { r: 3, style: `fill:${ink(0)}` });
    const hit = s("circle", { r: 9, "fill-opacity": 0 });
    return s("g", { onpointerdown: () => choose(n) }, hit, mark, s("title", {}, labels[n] || `point ${n}`));
  });
  const reached = (described, more) => ({ tabindex: 0, role: "button", "aria-roledescription": described, ...more });
  const people = s("g", reached("points to choose from", { onkeydown: walk }), ...spots, halo);
  const each = (make) => names.map((_, index) => make(index));
  const stroke = (i, width, dashes) => ({
    style: `fill:none;stroke:${ink(i)};stroke-width:${width}`,
    "stroke-dasharray": dashes,
  });
  const lines = each((i) => s("line", stroke(i, 1.5, i > 1 ? "5 4" : "none")));
  const trails = each((i) => s("polyline", stroke(i, 2, "1 3")));
  const arrows = each(() => s("path", { class: "rf-pull" }));
  const lengths = each(() => word(""));
  const called = each((i) => word(letters[i], `font-size:16px;fill:${ink(i)}`));
  const handles = each((i) =>
    s(
      "g",
      reached("point to drag", {
        style: `fill:${ink(i)};cursor:move`,
        onpointerdown: (event) => grab(event, i),
        onkeydown: (event) => press(event, i),
      }),
      s("circle", { r: 17, "fill-opacity": 0 }),
      s("path", { class: "rf-corner", d: SHAPES[Math.min(i, 2)] }),
    ),
  );
  const drop = () => (dragged = -1);
  const svg = s(
    "svg",
    {
      class: "rf-stage rf-triplets",
      viewBox: `0 0 ${WIDE} ${TALL}`,
      role: "group",
      "aria-label": "the plane",
      onpointermove: drag,
      onpointerup: drop,
      onpointercancel: drop,
    },
    ...[ring, disc, zones, crowd.length ? people : [], lines, trails, arrows, lengths, called, handles].flat(),
  );
  const el = h("div", {}, svg);
  el.style.width = `${WIDE}px`;
  el.style.maxWidth = "100%";

  function grab(event, index) {
    event.preventDefault();
    event.stopPropagation();
    svg.setPointerCapture(event.pointerId);
    handles[index].focus({ preventScroll: true });
    dragged = index;
  }
  function drag(event) {
    if (dragged < 0) return;
    const { left, top, width, height } = svg.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * WIDE, ((event.clientY - top) / height) * TALL];
    move(dragged, place([clamp(x, EDGE, WIDE - EDGE), clamp(y, EDGE, TALL - EDGE)]));
  }
  function press(event, index) {
    const by = arrow(event);
    if (!by) return;
    const step = Number((4 / view.scale).toPrecision(1));
    move(index, [corners[index][0] + by[1] * step, corners[index][1] - by[0] * step]);
  }
  function choose(n) {
    marked = n;
    onpick(n);
  }
  function walk(event) {
    const by = arrow(event);
    if (by) marked = (marked + by[0] + by[1] + 10 * crowd.length) % crowd.length;
    if (by || event.key === "Enter" || event.key === " ") event.preventDefault();
    if (event.key === "Enter" || event.key === " ") choose(marked);
    people.setAttribute("aria-label", `point ${marked} of ${crowd.length}, ${labels[marked] || "without a label"}`);
    dress(halo, { transform: `translate(${dot(crowd[marked])})` });
  }

  /** Show all points, the zones and the crowd. */
  function frame(points, margin) {
    const reach = Math.sqrt(squared(points[0], points[1]) + margin) * 1.1;
    const sides = [-reach, reach].map((part) => points[0].map((middle) => middle + part));
    const all = [...points, ...crowd, ...sides];
    const ends = [0, 1].map((axis) => [Math.min, Math.max].map((end) => end(...all.map((point) => point[axis]))));
    const room = ends.map(([low, high], axis) => [WIDE - 60, TALL - 60][axis] / (high - low || 1));
    view = { middle: ends.map(([low, high]) => (low + high) / 2), scale: Math.min(...room) };
  }

  function drawZones([x, y], others, near, margin) {
    const [inner, outer] = [near, near + margin].map((part) => Math.sqrt(part) * view.scale);
    dress(disc, { cx: x, cy: y, r: inner });
    dress(ring, { cx: x, cy: y, r: outer });
    const up = others.reduce((sum, other) => sum + other[1] - y, 0) > 0 ? -1 : 1; // names stand where no points are
    const seen = [outer > 20, outer - inner > 13, inner > 40];
    [outer + 12, (inner + outer) / 2, inner - 14].forEach((away, i) =>
      dress(zones[i], { x, y: y + up * away + 4, display: seen[i] ? "inline" : "none" }),
    );
  }

  function update(trail, seen, margin) {
    corners = trail.at(-1);
    const outside = (corner) => dot(corner).some((part, axis) => Math.abs(part - centre[axis]) > centre[axis] - 4);
    if (dragged < 0 && corners.some(outside)) frame(corners, margin);
    const dots = corners.map(dot);
    const ends = stepped(corners, seen.moves, ARROW).map(dot);
    drawZones(dots[0], dots.slice(1), seen.near, margin);
    spots.forEach((spot, n) => dress(spot, { transform: `translate(${dot(crowd[n])})` }));
    if (crowd.length) walk({});
    dots.forEach((here, i) => {
      const where = corners[i].map((part) => show(part)).join(", ");
      const kind = i > 1 ? `, ${seen.kinds[i - 2]}` : "";
      dress(handles[i], { transform: `translate(${here})`, "aria-label": `${names[i]}, at ${where}${kind}` });
      dress(arrows[i], { d: arrowPath(here, ends[i]) });
      dress(trails[i], { points: trail.map((then) => dot(then[i])).join(" ") });
      const free = i ? aside(dots[0], here, dots[i === 1 ? 2 : 1]) : unit(shift(middle(dots[1], dots[2]), here));
      const away = free.some((part) => part)
        ? free
        : [
            [-1, 0],
            [0, -1],
            [1, 0],
          ][Math.min(i, 2)];
      dress(called[i], { x: here[0] + 18 * away[0], y: here[1] + 18 * away[1] + 5 });
      if (!i) return;
      dress(lines[i], { x1: dots[0][0], y1: dots[0][1], x2: here[0], y2: here[1] });
      const side = i === 1 ? -1 : 1; // the arrow of P lies on its line, that of A on its other side
      const [x, y] = middle(dots[0], here);
      const wide = Math.hypot(...shift(dots[0], here)) > 50 && (i === 1 || dots.length === 3);
      const beside = { x: x + side * 40 * away[0], y: y + side * 13 * away[1] + 4 };
      dress(lengths[i], { ...beside, display: wide ? "inline" : "none" });
      lengths[i].textContent = `d² = ${show(i === 1 ? seen.near : seen.far[i - 2], 3)}`;
    });
  }
  return { el, frame, update };
}
