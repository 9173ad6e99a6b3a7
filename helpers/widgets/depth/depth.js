// How much of the gradient is left at each layer of a deep net: plain, and with shortcuts.
import { button, choice, slider } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { logChart } from "../page/log_chart.js";
import { asShares, heard, largestChange, reason } from "./depth_words.js";
import { deepNet } from "./nets.js";
import { show } from "../page/numbers.js";

export default {
  render({ model, el, say, complain }) {
    const options = {
      depth: model.get("depth"),
      bend: model.get("bend"),
      scale: model.get("scale"),
      seed: model.get("seed"),
    };
    const lineOf = (name, values) => ({ name, values, at: values.map((_, i) => i + 1) });
    const measured = Object.entries(model.get("measured")).map((one) => lineOf(...one));
    let at = 1;
    const put = (key) => (value) => {
      options[key] = value;
      ask();
    };
    const pick = (layer) => {
      at = layer;
      ask();
    };
    const chart = logChart({
      label: "gradient at each layer",
      axis: "layer (the loss is at the right)",
      covers: [0.1, 3],
      strong: 1,
      crosses: true,
      onpick: pick,
    });
    const depth = slider({
      label: "depth",
      min: 2,
      max: 60,
      step: 2,
      value: options.depth,
      oninput: put("depth"),
      format: (v) => `${v} layers`,
    });
    const bend = choice({
      label: "nonlinearity",
      options: ["ReLU", "tanh", "sigmoid"],
      value: options.bend,
      onchange: put("bend"),
    });
    const scale = slider({
      label: "weights",
      min: 0,
      max: 1.5,
      step: 0.05,
      value: options.scale,
      oninput: put("scale"),
      format: (v) => `${show(v)} x He`,
    });
    const layer = slider({ label: "look at layer", min: 1, max: options.depth, value: 1, oninput: pick });
    const seed = h("span", { class: "rf-small" });
    const why = h("p", { class: "rf-small" });

    function draw() {
      const nets = [false, true].map((shortcuts) => deepNet({ ...options, shortcuts }));
      const lines = [
        lineOf("plain", asShares(nets[0].norms)),
        lineOf("residual", asShares(nets[1].norms)),
        ...measured,
      ];
      const last = Math.max(...lines.map(({ values }) => values.length));
      at = Math.min(at, last);
      layer.limits(1, last);
      layer.set(at);
      seed.textContent = `seed ${options.seed}`;
      const [plain, residual] = nets.map((net) => show(largestChange(net), 2));
      const text = `${heard(lines, at)} Largest change from input to output: plain ${plain}, residual ${residual}.`;
      why.textContent = reason(options, ...nets);
      chart.update(lines, `Gradient at each layer. ${text}`, at);
      say(text);
    }
    const ask = inFrame(draw, complain);

    el.append(
      h("div", { class: "rf-bar" }, depth.el, bend.el, scale.el),
      h("p", { class: "rf-title" }, "gradient at each layer, as part of that at the last one"),
      chart.el,
      h(
        "div",
        { class: "rf-bar" },
        layer.el,
        button("new random weights", () => put("seed")((options.seed % 1000) + 1)),
        seed,
      ),
      why,
      h(
        "p",
        { class: "rf-small" },
        "The norm of dJ/dz[l] for 16 inputs; layers of 20 units, the same weights in both nets. A cross at the " +
        "foot means 0: layers inside a block hear of the loss only through their own weights.",
      ),
    );
    draw();
  },
};
