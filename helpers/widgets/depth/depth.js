// How much of the gradient is left at each layer of a deep net: plain, and with shortcuts.
import { button, choice, slider } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { logChart } from "../page/log_chart.js";
import { deepNet } from "./nets.js";
import { show } from "../page/numbers.js";

const difference = ({ input, output }) =>
  input.reduce((most, value, i) => Math.max(most, Math.abs(output[i] - value)), 0);
const asShares = (norms) => norms.map((norm) => norm / (norms[norms.length - 1] || 1));

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

    function reason(plain, residual) {
      if (options.scale === 0) {
        const kept =
          difference(residual) === 0
            ? "its output equals its input, exactly"
            : `${options.bend} still bends what comes by`;
        return `All weights are 0. The plain net forgets its input; in the residual net everything goes by the ` +
          `shortcuts: ${kept}.`;
      }
      if (options.bend === "sigmoid")
        return "The slope of the sigmoid is 0.25 at most. Every layer takes its part of the gradient; shortcuts " +
          "halve how often that happens, since g comes after the sum.";
      const [left, kept] = [plain, residual].map(({ norms }) => asShares(norms)[0]);
      if (left > 30)
        return "With weights as large as these, gradients grow on their way down: they explode, and shortcuts do " +
          "not help.";
      if (left > 0.03) {
        const grows =
          kept > 10 ? " The residual net's grows; in practice, batch normalisation keeps it in bounds." : "";
        return `With these weights the plain net passes its gradient on, at least at first: He chose his for ` +
          `that.${grows}`;
      }
      return "On its way down, the plain net multiplies the gradient by a small factor at every layer. A shortcut " +
        "carries it past two layers at a time, without their weights.";
    }
    function told({ name, values }, i) {
      const some = values[values.length - 1] > 0;
      const share = some ? show(values[at - 1], 2) : "0 at every layer";
      if (i === 0)
        return `the plain net's gradient is ${share}${some ? ` of that at its last layer, ${values.length}` : ""}`;
      return i === 1 ? `the residual net's ${share}` : `${name}: ${share}`;
    }
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
      const parts = lines.filter(({ values }) => values.length >= at).map((line) => told(line, lines.indexOf(line)));
      const [plain, residual] = nets.map((net) => show(difference(net), 2));
      const text = `At layer ${at} ${parts.join("; ")}. Largest change from input to output: plain ${plain}, ` +
        `residual ${residual}.`;
      why.textContent = reason(...nets);
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
