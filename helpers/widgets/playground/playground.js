// Nine numbers over a photograph: edit them, and see at once what they find.
import { choice, slider } from "../page/controls.js";
import { correlate, cut, factors } from "../page/convolution.js";
import { h, inFrame } from "../page/dom.js";
import { matrix, panel } from "../page/matrix.js";
import { clamp, limitOf, read, show } from "../page/numbers.js";
import { dots } from "../page/picture.js";
import { readSheet } from "../page/sheet.js";

const ninth = 1 / 9;
const PRESETS = {
  "vertical edge": [
    [1, 0, -1],
    [1, 0, -1],
    [1, 0, -1],
  ],
  "horizontal edge": [
    [1, 1, 1],
    [0, 0, 0],
    [-1, -1, -1],
  ],
  "Sobel, vertical": [
    [1, 0, -1],
    [2, 0, -2],
    [1, 0, -1],
  ],
  "Sobel, horizontal": [
    [1, 2, 1],
    [0, 0, 0],
    [-1, -2, -1],
  ],
  "Scharr, vertical": [
    [3, 0, -3],
    [10, 0, -10],
    [3, 0, -3],
  ],
  "Scharr, horizontal": [
    [3, 10, 3],
    [0, 0, 0],
    [-3, -10, -3],
  ],
  blur: [
    [ninth, ninth, ninth],
    [ninth, ninth, ninth],
    [ninth, ninth, ninth],
  ],
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  "corners and dots": [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  "nothing changes": [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
};

/** A Sobel filter turned by an angle in degrees: 0 finds vertical edges, 90 horizontal ones. */
export function turned(degrees) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [vertical, horizontal] = [PRESETS["Sobel, vertical"], PRESETS["Sobel, horizontal"]];
  return vertical.map((row, i) => row.map((value, j) => Number((cos * value + sin * horizontal[i][j]).toFixed(3)) + 0));
}

const ANGLES = Array.from({ length: 72 }, (_, i) => 5 * i);
const close = (value, other) => Math.abs(value - other) <= 5e-7 * Math.abs(value); // Python hands over 7 digits
const same = (one, other) => one.every((row, i) => row.every((value, j) => close(value, other[i][j])));

export default {
  async render({ model, el, say, complain }) {
    const { width, height, values } = await readSheet(model.get("sheet"));
    const filters = { ...PRESETS, ...model.get("filters") };
    const [rows, columns] = [height - 2, width - 2];
    const output = new Float64Array(rows * columns);
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    let kernel = model.get("kernel");
    let [row, column] = model.get("cell");

    const wide = Math.min(width > 150 ? 330 : clamp(width * 26, 150, 330), Math.max(60, (330 * width) / height));
    const choose = (r, c) => {
      [row, column] = [clamp(r, 0, rows - 1), clamp(c, 0, columns - 1)];
      ask();
    };
    const photo = dots({ label: "the picture", width, height, wide, onpick: (r, c) => choose(r - 1, c - 1) });
    const found = dots({ label: "the output", width: columns, height: rows, wide, onpick: choose });
    const foundPanel = panel("output: orange above zero, purple below", found.el);

    const boxes = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) =>
        h("input", {
          class: "rf-nine",
          inputmode: "decimal",
          "aria-label": `filter, row ${i}, column ${j}`,
          oninput: typed,
          onkeydown: (event) => nudge(event, i, j),
        }),
      ),
    );
    const presets = choice({
      label: "filter",
      options: ["your own", ...Object.keys(filters)],
      onchange: (name) => put(filters[name] || kernel),
    });
    let isTurned = false;
    const angle = slider({
      label: "turn a Sobel filter",
      min: 0,
      max: 355,
      step: 5,
      value: 0,
      oninput: (v) => put(turned(v)),
      format: (v) => (isTurned ? `${v}°` : "none"),
    });
    const parts = h("p", { class: "rf-small" });

    const under = matrix({ label: "pixels in the window", cell: 46 });
    const times = matrix({ label: "filter", cell: 46 });
    const products = matrix({ label: "products", cell: 46 });
    const underPanel = panel("pixels in the window", under.el);
    const sum = h("p", { class: "rf-title" });

    function put(next) {
      kernel = next.map((line) => [...line]);
      complain("");
      boxes.flat().forEach((box, n) => {
        box.value = show(kernel[Math.floor(n / 3)][n % 3]);
        box.removeAttribute("aria-invalid");
      });
      ask();
    }
    function typed() {
      const entry = (box, i, j) => (box.value === show(kernel[i][j]) ? kernel[i][j] : read(box.value)); // 1/9 stays
      const next = boxes.map((line, i) => line.map((box, j) => entry(box, i, j)));
      const wrong = boxes.flat().filter((box, n) => {
        const bad = Number.isNaN(next.flat()[n]);
        box.setAttribute("aria-invalid", bad);
        return bad;
      });
      complain(
        wrong.length
          ? `"${wrong[0].value.slice(0, 20)}" is not a number. Write one like -1, 0.5 or 1/9; the picture shows ` +
            `the last filter that was whole.`
          : "",
      );
      if (wrong.length) return;
      kernel = next;
      ask();
    }
    function nudge(event, i, j) {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const value = read(boxes[i][j].value);
      boxes[i][j].value = show((Number.isNaN(value) ? 0 : value) + step * (event.shiftKey ? 0.1 : 1));
      typed();
    }

    function draw() {
      correlate(values, width, height, kernel, output);
      const limit = limitOf(output);
      found.signed(output, limit);
      foundPanel.foot.textContent = `white is 0, full colour is ±${show(limit, 3)}`;
      presets.set(Object.keys(filters).find((name) => same(filters[name], kernel)) || "your own");
      const degrees = ANGLES.find((one) => same(turned(one), kernel));
      isTurned = degrees !== undefined;
      angle.set(isTurned ? degrees : angle.value);
      const two = factors(kernel);
      const list = (vector) => `(${vector.map((value) => show(value, 3)).join(", ")})`;
      parts.textContent = two
        ? `Separable: the column ${list(two[0])} times the row ${list(two[1])}. Applied one after the other, they ` +
          `need 6 products a pixel in place of 9.`
        : "Not separable: no column times a row gives these nine numbers.";
      const window = cut(values, width, row, column, 3);
      const made = window.map((line, i) => line.map((value, j) => value * kernel[i][j]));
      const total = made.flat().reduce((a, b) => a + b);
      const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
      photo.spot(row, column, 3, 3);
      found.spot(row, column);
      under.update(window, { limit: 2.2 * most });
      times.update(kernel);
      products.update(made, { limit: most * limitOf(kernel.flat()) });
      underPanel.foot.textContent = `rows ${row} to ${row + 2}, columns ${column} to ${column + 2}`;
      sum.textContent = `sum ${show(total)}`;
      photo.label(`The picture. The window begins at row ${row}, column ${column}.`);
      found.label(`The output, at row ${row}, column ${column}: ${show(total)}.`);
      say(`output[${row}, ${column}] = ${show(total)}: the sum of the nine products.`);
    }
    const ask = inFrame(draw, complain);

    const nine = h(
      "div",
      { class: "rf-nines", role: "group", "aria-label": "the nine numbers of the filter" },
      ...boxes.flat(),
    );
    el.append(
      h("div", { class: "rf-bar" }, presets.el, angle.el),
      h(
        "div",
        { class: "rf-row" },
        panel("the filter: edit it", nine, "↑ ↓ change a number by 1").el,
        panel("picture: point at it", photo.el, "or walk with the arrow keys").el,
        foundPanel.el,
      ),
      parts,
      h(
        "div",
        { class: "rf-row" },
        underPanel.el,
        panel("times the filter", times.el).el,
        panel("products", products.el, sum).el,
      ),
    );
    photo.grey(values, low, high);
    put(kernel);
    draw();
  },
};
