// A matrix of numbers on signed colours.
import { h } from "./dom.js";
import { inkOn, signedColour } from "./colour.js";
import { arrow } from "./keyboard.js";
import { clamp, limitOf, show } from "./numbers.js";

/**
 * A matrix that is updated in place.
 *
 * @param {{label: string, cell?: number, digits?: number, onpick?: Function, hover?: boolean}} options
 *   label names it for screen readers; cell is the width of a cell in pixels at most; with onpick(row, column), pointer
 *   and arrow keys choose a cell; without hover, only a click does, not a pointer that passes by.
 * @returns {{el: HTMLElement, update: Function}} update(values, {limit, frames, note, label}): values is a list of
 *   rows; limit the value of full colour; frames a list of [row, column, height, width, kind?], kind "dashed" or
 *   "chosen"; note(row, column) gives the class of a cell.
 */
export function matrix({ label, cell = 38, digits = 3, onpick, hover = true }) {
  const cells = h("div", { class: onpick ? "rf-cells rf-picks" : "rf-cells", role: onpick ? "grid" : "table" });
  const framed = h("div", { class: "rf-frames", "aria-hidden": "true" });
  const el = h("div", { class: "rf-matrix" }, cells, framed);
  let grid = [];
  let current = [0, 0];

  function pick(row, column, focus) {
    current = [clamp(row, 0, grid.length - 1), clamp(column, 0, grid[0].length - 1)];
    if (focus) grid[current[0]][current[1]].focus({ preventScroll: true });
    grid.flat().forEach((node) => node.setAttribute("tabindex", "-1"));
    grid[current[0]][current[1]].setAttribute("tabindex", "0");
    onpick(...current);
  }

  function rebuild(rows, columns) {
    const columnsOf = `repeat(${columns}, minmax(0, ${cell}px))`;
    cells.style.gridTemplateColumns = framed.style.gridTemplateColumns = columnsOf;
    framed.style.gridTemplateRows = `repeat(${rows}, minmax(0, 1fr))`;
    el.style.width = `${columns * (cell + 1) + 1}px`;
    grid = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const node = h("div", { class: "rf-cell", role: onpick ? "gridcell" : "cell" });
        if (onpick) {
          if (hover) node.addEventListener("pointerenter", () => pick(row, column, false));
          node.addEventListener("pointerdown", () => pick(row, column, true));
          node.addEventListener("keydown", (event) => {
            const step = arrow(event);
            if (step) pick(row + step[0], column + step[1], true);
          });
        }
        return node;
      }),
    );
    cells.replaceChildren(...grid.map((row) => h("div", { role: "row" }, ...row)));
    current = [clamp(current[0], 0, rows - 1), clamp(current[1], 0, columns - 1)];
    if (onpick) grid.flat().forEach((node) => node.setAttribute("tabindex", "-1"));
  }

  function update(values, { limit = limitOf(values.flat()), frames = [], note, label: said = label, at } = {}) {
    if (values.length !== grid.length || values[0].length !== grid[0].length) rebuild(values.length, values[0].length);
    cells.setAttribute("aria-label", said);
    if (at) current = at;
    values.forEach((row, r) =>
      row.forEach((value, c) => {
        const node = grid[r][c];
        const colour = signedColour(value / limit);
        const text = show(value, digits);
        if (node.textContent !== text) node.textContent = text;
        node.style.backgroundColor = `rgb(${colour})`;
        node.style.color = inkOn(colour);
        node.className = `rf-cell ${(note && note(r, c)) || ""}`;
        if (onpick) node.setAttribute("tabindex", r === current[0] && c === current[1] ? "0" : "-1");
      }),
    );
    framed.replaceChildren(
      ...frames.map(([row, column, height, width, kind]) => {
        const frame = h("div", { class: kind ? `rf-frame rf-${kind}` : "rf-frame" });
        frame.style.gridArea = `${row + 1} / ${column + 1} / ${row + height + 1} / ${column + width + 1}`;
        return frame;
      }),
    );
  }
  return { el, update };
}

/** A titled panel around anything; `small` stands under it. Gives its elements, to be changed later. */
export function panel(title, content, small = "") {
  const head = h("p", { class: "rf-title" }, title);
  const foot = h("p", { class: "rf-small" }, small);
  return { el: h("div", { class: "rf-panel" }, head, content, foot), head, foot };
}
