// A window slides over an input: the products and their sum, padding, stride, size and depth; and a learner's own
// function beside it.
import { button, playBar, slider } from "../page/controls.js";
import { bordered, filled, fitting } from "../page/convolution.js";
import { h, inFrame } from "../page/dom.js";
import { matrix, panel } from "../page/matrix.js";
import { clamp, limitOf, show } from "../page/numbers.js";
import { edgeOf, stopAt } from "./stops.js";

const MOST_TERMS = 12;

export default {
  render({ model, el, python, say, complain }) {
    const image = model.get("image");
    const given = model.get("kernel");
    const name = model.get("function");
    const n = [image[0].length, image[0][0].length];
    const values = { stride: model.get("stride"), pad: model.get("pad"), f: given[0].length, channels: image.length };
    let position = model.get("position");
    let [padded, kernel, size, output] = [[], [], [0, 0], []];
    let limits = { input: 1, filter: 1 };
    let theirs = null; // what the learner's function gave for these values
    let verdict = ""; // on it, until it was said
    const longest = Math.max(...[image, given].flat(3).map((value) => show(value, 3).length));
    const cell = clamp(10 + 7.3 * longest, 34, 58);

    const control = (key, label, min, max) =>
      slider({ label, min, max, value: values[key], oninput: (value) => change(key, value) });
    const settings = [
      control("pad", "padding p", 0, 3),
      control("stride", "stride s", 1, 4),
      control("f", "filter size f", 1, 5),
    ];
    if (image.length > 1) settings.push(control("channels", "channels", 1, image.length));
    const bar = playBar({
      at: () => position[0] * size[1] + position[1],
      last: () => Math.max(0, size[0] * size[1] - 1),
      go: (at) => place(Math.floor(at / (size[1] || 1)), at % (size[1] || 1)),
    });
    const formula = h("p", { class: "rf-formula" });
    const terms = h("p", { class: "rf-formula" });
    const rows = image.map((_, channel) => {
      const label = image.length > 1 ? `, channel ${channel}` : "";
      const input = matrix({ label: `input${label}`, cell, onpick: (r, c) => pick(r, c) });
      const weights = matrix({ label: `filter${label}`, cell });
      const products = matrix({ label: `products${label}`, cell: Math.max(cell, longest > 2 ? 58 : 0) });
      const panels = [panel(`input${label}`, input.el), panel("filter", weights.el), panel("products", products.el)];
      return { input, weights, products, panels, el: h("div", { class: "rf-row" }, ...panels.map((one) => one.el)) };
    });
    const out = matrix({ label: "output", cell: Math.max(cell, 40), onpick: (r, c) => place(r, c) });
    const outPanel = panel("output", out.el);
    const yours = matrix({ label: "your output", cell: Math.max(cell, 40) });
    const yoursPanel = panel("your output", yours.el);
    const run = name ? button(`run my ${name}`, ask) : null;

    function change(key, value) {
      values[key] = value;
      theirs = null;
      compute();
    }
    function compute() {
      const { pad, stride, f, channels } = values;
      padded = image.slice(0, channels).map((one) => bordered(one, pad));
      kernel = padded.map((_, channel) => (f === given[0].length ? given[channel] : edgeOf(f)));
      limits = { input: limitOf(padded.flat(2)), filter: limitOf(kernel.flat(2)) };
      size = n.map((side) => fitting(side, f, pad, stride));
      complain(
        size.includes(0)
          ? `A window of side ${f} does not fit into ${n[0]} x ${n[1]} with padding ${pad}: there is no output. ` +
            `Make the padding larger or the filter smaller.`
          : "",
      );
      output = filled(...size, (r, c) => stopAt(padded, kernel, stride, [r, c]).sum);
      place(...position);
    }
    function place(row, column) {
      position = [clamp(row, 0, Math.max(0, size[0] - 1)), clamp(column, 0, Math.max(0, size[1] - 1))];
      draw();
    }
    /** A cell of the input: put the window's corner there, or as near as the stride allows. */
    const pick = (r, c) => place(...[r, c].map((at) => Math.floor(at / values.stride)));

    async function ask() {
      run.disabled = true;
      complain("");
      say(`Python runs ${name} ...`);
      const asked = JSON.stringify(values);
      const isOld = () => asked !== JSON.stringify(values);
      try {
        const answer = await python.ask("run", JSON.parse(asked));
        if (isOld()) say(`The settings have changed since: run ${name} again.`);
        else judge(answer);
      } catch (error) {
        theirs = null;
        draw();
        if (!isOld()) complain(error.message);
      } finally {
        run.disabled = false;
      }
    }

    function judge(answer) {
      const numbers = answer.output.map((row) => row.map((value) => (value === null ? NaN : value)));
      theirs = { numbers, wrong: new Set(answer.wrong.map(String)) };
      const [count, all] = [theirs.wrong.size, numbers.flat().length];
      yoursPanel.foot.textContent = count ? `${count} of ${all} differ: underlined` : "the same numbers";
      verdict = `Your ${name} gives the same ${all} numbers. `;
      if (answer.first) {
        const [r, c] = answer.first;
        verdict = `Your ${name} departs in ${count} of ${all} cells, first at row ${r}, column ${c}. `;
      }
      place(...(answer.first || position));
    }

    function drawNow() {
      const { pad, stride, f, channels } = values;
      const none = size.includes(0);
      const [top, left] = position.map((at) => at * stride);
      const seen = size.map((count) => (count - 1) * stride + f); // rows and columns that some window covers
      const isMissed = (at, axis) => at >= seen[axis] || at % stride >= f;
      const stop = none ? null : stopAt(padded, kernel, stride, position);
      rows.forEach((row, channel) => {
        row.el.hidden = channel >= channels;
        if (row.el.hidden) return;
        const frames = pad ? [[pad, pad, n[0], n[1], "dashed"]] : [];
        if (!none) frames.push([top, left, f, f]);
        const note = (r, c) => (none || isMissed(r, 0) || isMissed(c, 1) ? "rf-dropped" : "");
        row.input.update(padded[channel], { limit: limits.input, frames, note, at: [top, left] });
        row.weights.update(kernel[channel], { limit: limits.filter });
        row.panels[2].el.hidden = none;
        if (none) return;
        row.products.update(stop.products[channel], { limit: limits.input * limits.filter });
        row.panels[2].foot.textContent = `sum ${show(stop.products[channel].flat().reduce((a, b) => a + b, 0))}`;
      });
      rows[0].panels[1].foot.textContent = f === given[0].length ? "" : "an edge filter of this size";
      const lost = n
        .map((side, axis) => Array.from({ length: side + 2 * pad }).filter((_, at) => isMissed(at, axis)).length)
        .map((count, axis) => (count > 0 ? `${count} ${["row", "column"][axis]}${count > 1 ? "s" : ""}` : ""))
        .filter(Boolean);
      rows[0].panels[0].foot.textContent = [
        pad ? "dashed: where the image ends" : "",
        !none && lost.length ? `hatched: ${lost.join(" and ")} that no window reaches` : "",
      ]
        .filter(Boolean)
        .join("; ");
      formula.textContent = ["n_H", "n_W"]
        .map((side, axis) => [side, n[axis], size[axis] || "none"])
        .map(([side, long, count]) => `${side} = ⌊(${long} + 2·${pad} - ${f}) / ${stride}⌋ + 1 = ${count}`)
        .join(";  ");
      outPanel.el.hidden = yoursPanel.el.hidden = none;
      yoursPanel.el.hidden ||= !theirs;
      if (none) {
        terms.textContent = "";
        say("No window fits, so there is no output.");
        return;
      }
      out.update(output, { frames: [[...position, 1, 1]], at: position });
      outPanel.head.textContent = `output ${size[0]} x ${size[1]}`;
      const pairs = stop.products.flatMap((lines, channel) =>
        lines.flatMap((line, i) =>
          line.map((_, j) => `${bracket(padded[channel][top + i][left + j])}·${bracket(kernel[channel][i][j])}`),
        ),
      );
      const more = pairs.length - MOST_TERMS;
      terms.textContent = `${pairs.slice(0, MOST_TERMS).join(" + ")}${more > 0 ? ` + ${more} more` : ""} = ` +
        `${show(stop.sum)}`;
      const where = `from rows ${top} to ${top + f - 1} and columns ${left} to ${left + f - 1}`;
      const here = `Output row ${position[0]}, column ${position[1]}: ${show(stop.sum)}`;
      let own = "";
      if (theirs) {
        const note = (r, c) => (theirs.wrong.has(String([r, c])) ? "rf-wrong" : "");
        yours.update(theirs.numbers, { limit: limitOf(output.flat()), note, frames: [[...position, 1, 1]] });
        own = `, where your ${name} gives ${show(theirs.numbers[position[0]][position[1]])}`;
      }
      say(`${verdict}${here}${own}, ${where} of the ${pad ? "padded " : ""}input.`);
      verdict = "";
    }
    const bracket = (value) => (value < 0 ? `(${show(value, 3)})` : show(value, 3));
    const draw = inFrame(drawNow, complain);

    const channels = h("div", { class: "rf-panel" }, ...rows.map((row) => row.el));
    el.append(
      h("div", { class: "rf-bar" }, ...settings.map((one) => one.el)),
      h("div", { class: "rf-bar" }, bar.el, run),
      formula,
      h("div", { class: "rf-row" }, channels, outPanel.el, yoursPanel.el),
      terms,
    );
    compute();
    drawNow();
  },
};
