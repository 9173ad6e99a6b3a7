// Where a gradient goes: from output cells back to the inputs that made them, and where overlaps add up.
import { followers, gathered, outputsOf } from "./backward.js";
import { button, choice, playBar, slider } from "../page/controls.js";
import { bordered, filled } from "../page/convolution.js";
import { h, inFrame } from "../page/dom.js";
import { misfitOf, resultOf, sizesOf, sourcesOf } from "./flow_words.js";
import { matrix, panel } from "../page/matrix.js";
import { clamp, limitOf, show } from "../page/numbers.js";

const KINDS = [
  ["convolution", "convolution"],
  ["max", "max pooling"],
  ["average", "average pooling"],
];
const AMOUNTS = [
  ["one", "one output cell"],
  ["some", "the cells up to it"],
  ["all", "every output cell"],
];
const LOCALS = { convolution: "W, the filter", max: "mask of the window", average: "1/f² for each" };

/** How much − and + change a pixel: 1 for whole numbers, else about a tenth of the largest. */
const stepOf = (values) => (values.every(Number.isInteger) ? 1 : Number((limitOf(values) / 10).toPrecision(1)));

export default {
  render({ model, el, say, complain }) {
    const rows = model.get("image");
    const own = model.get("kernel");
    const step = stepOf(rows.flat());
    let wanted = { kind: model.get("layer"), f: model.get("f"), stride: model.get("stride"), pad: model.get("pad") };
    let fits = wanted;
    let amount = model.get("cell") ? "one" : "all";
    let cell = model.get("cell");
    let pixel = null;
    let [n_H, n_W] = [1, 1];

    const set = (change) => {
      const next = { ...wanted, ...change };
      if (next.kind !== "convolution") next.pad = 0;
      if (next.pad !== fits.pad) pixel = null; // places count from the corner of the border
      wanted = next;
      pads.set(wanted.pad);
      pads.el.querySelector("input").disabled = wanted.kind !== "convolution";
      ask();
    };
    const kinds = choice({ label: "layer", options: KINDS, value: wanted.kind, onchange: (kind) => set({ kind }) });
    const dial = (label, key, min, most) => {
      const [value, oninput] = [wanted[key], (next) => set({ [key]: next })];
      return slider({ label, min, max: Math.max(most, value), value, oninput });
    };
    const sides = dial("window f", "f", 1, 5);
    const strides = dial("stride s", "stride", 1, 4);
    const pads = dial("padding p", "pad", 0, 2);
    const amounts = choice({ label: "a gradient of 1 arrives at", options: AMOUNTS, value: amount, onchange: spread });
    const bar = playBar({
      at: () => ({ one: -1, some: cell && cell[0] * n_W + cell[1], all: n_H * n_W - 1 })[amount],
      last: () => n_H * n_W - 1,
      go(n) {
        cell = [Math.floor(n / n_W), n % n_W];
        spread("some");
      },
    });
    function spread(next) {
      amount = next;
      amounts.set(next);
      cell ||= next === "all" ? null : [0, 0];
      ask();
    }

    const written = [...rows.flat(), ...(own || []).flat()].map((value) => show(value, 3).length);
    const digits = Math.max(...written) > 6 ? 2 : 3;
    const size = clamp(8 * Math.max(...written), 37, 56);
    const chooseOutput = (r, c) => {
      bar.stop();
      cell = [r, c];
      ask();
    };
    const chooseInput = (r, c) => {
      pixel = [r, c];
      ask();
    };
    const before = matrix({ label: "A_prev", cell: size, digits, onpick: chooseInput, hover: false });
    const local = matrix({ label: "local", cell: size, digits });
    const arrives = matrix({ label: "dZ", cell: size, onpick: chooseOutput });
    const back = matrix({ label: "dA_prev", cell: size, digits, onpick: chooseInput, hover: false });
    const beforePanel = panel("A_prev", before.el);
    const localPanel = panel("", local.el);
    const arrivesPanel = panel("", arrives.el, "point at a cell, or walk with the arrow keys");
    const backPanel = panel("", back.el);
    for (const one of [beforePanel, arrivesPanel]) one.el.style.minWidth = "140px"; // for what stands below
    const sizes = h("p", { class: "rf-small" });
    const formula = h("p", { class: "rf-formula" });

    function put(value) {
      const { pad } = fits;
      const [r, c] = pixel ? pixel.map((place) => place - pad) : [-1, -1];
      if (!pixel) complain("Choose a number of A_prev first: click on it, or walk there with the arrow keys.");
      else if (!rows[r] || rows[r][c] === undefined) complain("This is a zero of the padding: nobody can change it.");
      else {
        complain("");
        rows[r][c] = Number(value(rows[r][c]).toPrecision(12));
      }
      ask();
    }
    const by = (sign) => () => put((value) => value + sign * step);
    before.el.addEventListener("keydown", (event) => {
      const at = [...before.el.querySelectorAll(".rf-cell")].indexOf(event.target);
      const typed = /^\d$/.test(event.key) && (() => put(() => Number(event.key)));
      const change = { "+": by(1), "=": by(1), "-": by(-1) }[event.key] || typed;
      if (at < 0 || !change || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const width = rows[0].length + 2 * fits.pad;
      pixel = [Math.floor(at / width), at % width];
      change();
    });
    const minus = button("−", by(-1), { "aria-label": "make the chosen number smaller" });
    const plus = button("+", by(1), { "aria-label": "make the chosen number larger" });

    const kernelOf = ({ kind, f }) => {
      if (kind !== "convolution") return null;
      return own && own.length === f ? own : filled(f, f, (i, j) => i * f + j + 1);
    };
    const laid = (plan) => ({ ...plan, inputs: bordered(rows, plan.pad), kernel: kernelOf(plan) });

    /** The layer as wanted if it fits, else as it was, with a sentence. */
    function layerNow() {
      const next = laid(wanted);
      if (Math.min(...outputsOf(next)) > 0) {
        if (fits !== wanted) complain("");
        fits = wanted;
        return next;
      }
      complain(misfitOf(next, fits));
      return laid(fits);
    }

    function draw() {
      const layer = layerNow();
      const { kind, inputs, f, stride, pad } = layer;
      [n_H, n_W] = outputsOf(layer);
      if (cell) cell = [Math.min(cell[0], n_H - 1), Math.min(cell[1], n_W - 1)];
      const upTo = cell && cell[0] * n_W + cell[1];
      const has = { one: (n) => n === upTo, some: (n) => n <= upTo, all: () => true }[amount];
      const arriving = filled(n_H, n_W, (r, c) => Number(has(r * n_W + c)));
      const gradient = gathered(layer, arriving);
      const most = gathered(
        layer,
        filled(n_H, n_W, () => 1),
      );
      const name = kind === "convolution" ? "dZ" : "dA";
      const corner = cell && cell.map((place) => place * stride);
      const heard = pixel ? followers(layer, ...pixel) : [];

      const border = pad ? [[pad, pad, rows.length, rows[0].length, "dashed"]] : [];
      const mine = pixel ? [[...pixel, 1, 1, "chosen"]] : [];
      const window = corner ? [[...corner, f, f]] : [];
      const [tall, wide] = [n_H, n_W].map((n) => (n - 1) * stride + f);
      const unread = (r, c) => {
        const gap = r % stride >= f || c % stride >= f;
        return r >= tall || c >= wide || gap ? "rf-dropped" : "";
      };
      const limit = amount === "one" ? undefined : limitOf(most.flat());
      const look = { frames: [...border, ...window, ...mine], note: unread, at: pixel };
      before.update(inputs, look);
      back.update(gradient, { ...look, limit });
      const sending = heard.map((one) => [one.h, one.w, 1, 1, "chosen"]);
      const chosen = cell ? [[...cell, 1, 1]] : [];
      arrives.update(arriving, { label: name, limit: 1.6, frames: [...sending, ...chosen], at: cell });
      localPanel.el.hidden = kind === "max" && !cell;
      local.update(
        filled(f, f, (i, j) => shareAt(layer, i, j)),
        { label: LOCALS[kind] },
      );
      localPanel.head.textContent = LOCALS[kind];
      localPanel.foot.textContent = kind === "convolution" && layer.kernel !== own ? "numbered, to be told apart" : "";
      beforePanel.head.textContent = pad ? "A_prev, padded" : "A_prev";
      backPanel.head.textContent = pad ? "dA_prev, padded" : "dA_prev";
      arrivesPanel.head.textContent = `${name}, arrives`;
      backPanel.foot.textContent = pad ? "outside the dashes it is cut off" : "";
      const [y, x] = pixel || [];
      edit.textContent = pixel ? `A_prev[${y}, ${x}] = ${show(inputs[y][x])}` : "choose a number to change it";
      sizes.textContent = sizesOf(layer, rows);
      formula.textContent = sourcesOf(layer, pixel, arriving, heard);
      say(resultOf(layer, gradient, amount === "one" ? cell : null, arriving));
    }

    /** How far the framed output follows the entry (i, j) of its window. */
    function shareAt(layer, i, j) {
      const [r, c] = cell || [0, 0];
      const all = followers(layer, r * layer.stride + i, c * layer.stride + j);
      return all.find((one) => one.h === r && one.w === c).share;
    }

    const ask = inFrame(draw, complain);

    const edit = h("span");
    beforePanel.foot.replaceWith(h("div", { class: "rf-bar rf-small" }, minus, plus, edit));
    el.append(
      h("div", { class: "rf-bar" }, kinds.el, sides.el, strides.el, pads.el),
      h("div", { class: "rf-bar" }, amounts.el, bar.el),
      h("div", { class: "rf-row" }, beforePanel.el, localPanel.el, arrivesPanel.el, backPanel.el),
      sizes,
      formula,
    );
    set({});
    draw();
  },
};
