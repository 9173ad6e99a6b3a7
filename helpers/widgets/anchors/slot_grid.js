// A detector's output drawn as its grid of cells, each cut into one strip an anchor.
import { LINES } from "../page/colour.js";
import { s } from "../page/dom.js";

const WIDE = 300;

/** @returns {{el: SVGElement, update: Function}} update(found, names, anchors, grid, chosen), `found` of `slotsOf`. */
export function slotGrid() {
  const el = s("svg", { class: "rf-stage rf-slots", viewBox: `0 0 ${WIDE} ${WIDE}`, role: "img" });

  function words(mine, names, anchor, grid, room) {
    if (!mine.length) return grid < 5 && room > 7 ? `anchor ${anchor}` : "";
    if (mine.length > 1) return room > 9 ? `✕ ${mine.length} objects` : "✕";
    const name = names[mine[0]];
    if (name.length <= room) return name;
    return room > 3 ? `${name.slice(0, room - 1)}…` : "•";
  }

  function update(found, names, anchors, grid, chosen) {
    const cell = WIDE / grid;
    const tall = (cell - 4) / anchors;
    const parts = [];
    for (let place = 0; place < grid * grid * anchors; place++) {
      const anchor = place % anchors;
      const column = ((place - anchor) / anchors) % grid;
      const row = Math.floor(place / (anchors * grid));
      const here = (one) => one.row === row && one.column === column && one.anchor === anchor;
      const mine = found.flatMap((one, i) => (here(one) ? [i] : []));
      const [x, y] = [column * cell + 3.5, row * cell + 3.5 + anchor * tall];
      const kind = ["rf-empty", "rf-filled", "rf-clash"][Math.min(mine.length, 2)];
      const strip = s("rect", { class: kind, x, y, width: cell - 7, height: tall - 3 });
      if (mine.length === 1) strip.style.stroke = LINES[anchor];
      if (mine.length === 1 && tall < 10) strip.style.fill = LINES[anchor]; // too low for a name
      if (mine.includes(chosen)) strip.style.strokeWidth = 4;
      const text = tall < 10 ? "" : words(mine, names, anchor, grid, Math.floor((cell - 14) / 6.8));
      const corner = { x: column * cell + 1, y: row * cell + 1, width: cell - 2, height: cell - 2 };
      const middle = { x: x + 5, y: y + tall / 2 + 2.5, "font-size": Math.min(12, tall - 2) };
      if (!anchor) parts.push(s("rect", { class: "rf-slotcell", ...corner }));
      parts.push(strip, s("text", { class: mine.length ? "rf-inslot" : "rf-faint", ...middle }, text));
    }
    el.replaceChildren(...parts);
  }
  return { el, update };
}
