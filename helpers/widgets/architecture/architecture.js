// A stack of layers to edit: what each makes of the picture, owns, costs and sees.
import { button, choice } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { grouped } from "../page/numbers.js";
import { slabs, turnedInto } from "./slabs.js";
import { LAYER_KINDS, LEGEND, fieldOf, passed, resultOf, shapeOf, sharesOf, slides } from "./volumes.js";

const OWN = "your own";
const COLUMNS = ["layer", "settings", "output", "parameters", "multiplications", "sees", "jump", "order"];
const FIELDS = {
  f: ["f", "side of the window"],
  n: ["n_C", "number of filters"],
  stride: ["s", "stride"],
};

export default {
  render({ model, el, say, complain }) {
    const most = model.get("most");
    const copy = (value) => JSON.parse(JSON.stringify(value));
    const key = (stack, volume) => JSON.stringify([stack, volume]);
    let [layers, input] = [model.get("layers"), model.get("input")];
    const networks = { ...model.get("networks") };
    const known = () => Object.keys(networks).find((name) => key(...networks[name]) === key(layers, input));
    if (!known()) networks["as in the cell"] = copy([layers, input]);
    let rows = [];

    const table = h("div", { class: "rf-layers", role: "table", "aria-label": "layers" });
    const volumes = h("div", { class: "rf-volumes", role: "list", "aria-label": "volumes" });
    const preset = choice({
      label: "network",
      options: [...Object.keys(networks), OWN],
      onchange: (name) => {
        if (name in networks) [layers, input] = copy(networks[name]);
        rebuild();
      },
    });
    const kinds = Object.entries(LAYER_KINDS);
    const added = choice({ label: "one more", options: kinds, onchange: () => {} });
    const addButton = button("add", add);
    const shape = h("span", { class: "rf-settings" });

    function judge() {
      const wrong = el.querySelector('[aria-invalid="true"]');
      complain(
        wrong
          ? `"${wrong.value.slice(0, 20)}" cannot be the ${wrong.getAttribute("aria-label")}: write a whole number ` +
            `from 1 to ${wrong.dataset.most}. Until then it stays ${wrong.dataset.last}.`
          : "",
      );
    }
    function number(short, label, value, limit, put) {
      const box = h("input", {
        "aria-label": label,
        inputmode: "numeric",
        class: limit > 99 ? "rf-long" : "rf-short",
        "data-most": limit,
        "data-last": value,
      });
      box.value = value;
      const typed = () => {
        const next = Number(box.value.replace(/,(?=\d{3}\b)/g, "")); // 61,706 is written so here
        const good = Number.isInteger(next) && next >= 1 && next <= limit;
        box.setAttribute("aria-invalid", String(!good));
        if (good) put((box.dataset.last = next));
        judge();
        ask();
      };
      box.addEventListener("input", typed);
      box.addEventListener("keydown", (event) => {
        const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        box.value = Math.min(limit, Math.max(1, Number(box.dataset.last) + step));
        typed();
      });
      return h("span", { class: "rf-number" }, h("span", { "aria-hidden": "true" }, short), box);
    }
    function select(label, options, value, onchange) {
      const list = h(
        "select",
        { "aria-label": label },
        ...options.map(([id, text]) => h("option", { value: id }, text)),
      );
      list.value = value;
      list.addEventListener("change", () => onchange(list.value));
      return list;
    }
    function settings(layer, at) {
      const name = (label) => `${label} of layer ${at + 1}`;
      const boxes = ["f", "n", "stride"]
        .filter((part) => part in layer)
        .map((part) => {
          const [short, label] = layer.kind === "dense" ? ["n_out", "number of units"] : FIELDS[part];
          return number(short, name(label), layer[part], most[part], (value) => (layer[part] = value));
        });
      if (!slides(layer)) return boxes;
      const pads = [
        "valid",
        "same",
        ...(layer.kind === "conv" ? [...new Set([1, 2, 3, layer.pad])].filter(Number) : []),
      ];
      const pad = select(
        name("padding"),
        pads.map((one) => [one, one]),
        layer.pad,
        (value) => {
          layer.pad = Number(value) || value;
          ask();
        },
      );
      return [...boxes, h("span", { class: "rf-number" }, h("span", { "aria-hidden": "true" }, "p"), pad)];
    }
    function row(layer, at) {
      const cell = (name, ...content) => h("div", { role: "cell", class: `rf-${name}`, "data-name": name }, ...content);
      const kind = select(`kind of layer ${at + 1}`, kinds, layer.kind, (next) => {
        layers[at] = turnedInto(next, layer);
        rebuild(at, "select");
      });
      const count = () => [h("span"), h("span", { class: "rf-share" })];
      const told = {
        output: cell("output"),
        owned: cell("parameters", ...count()),
        made: cell("multiplications", ...count()),
        sees: cell("sees"),
        jump: cell("jump"),
      };
      const order = [
        button("↑", () => move(at, -1), { "aria-label": `move layer ${at + 1} up`, disabled: at === 0 }),
        button("↓", () => move(at, 1), {
          "aria-label": `move layer ${at + 1} down`,
          disabled: at === layers.length - 1,
        }),
        button("✕", () => remove(at), { "aria-label": `remove layer ${at + 1}` }),
      ];
      const problem = h("div", { role: "cell", class: "rf-obstacle" });
      const line = h(
        "div",
        { role: "row", class: "rf-layer" },
        cell("kind", h("b", {}, at + 1), kind),
        cell("settings", ...settings(layer, at)),
        ...Object.values(told),
        cell("order", ...order),
        problem,
      );
      return { line, told, order, problem };
    }

    function rebuild(at = -1, what = "") {
      rows = layers.map(row);
      const head = h(
        "div",
        { role: "row", class: "rf-layer rf-heads" },
        ...COLUMNS.map((name) => h("div", { role: "columnheader" }, name)),
      );
      table.replaceChildren(head, ...rows.map((one) => one.line));
      shape.replaceChildren(
        ...["n_H", "n_W", "n_C"].map((short, i) =>
          number(
            short,
            `${short} of the input`,
            input[i],
            i < 2 ? most.side : most.channels,
            (value) => (input[i] = value),
          ),
        ),
      );
      addButton.disabled = layers.length >= most.layers;
      const wanted = rows[at] && rows[at].line.querySelectorAll(what);
      if (wanted) [...wanted].find((node) => !node.disabled).focus();
      judge();
      ask();
    }
    function move(at, by) {
      const [layer] = layers.splice(at, 1);
      layers.splice(at + by, 0, layer);
      rebuild(at + by, by < 0 ? ".rf-order button" : ".rf-order button:nth-child(2), .rf-order button");
      const same = rows[at + by].order[by < 0 ? 0 : 1];
      if (!same.disabled) same.focus();
    }
    function remove(at) {
      layers.splice(at, 1);
      rebuild(Math.min(at, layers.length - 1), ".rf-order button:last-child");
      if (!layers.length) addButton.focus();
    }
    function add() {
      const layer = turnedInto(added.value);
      const end = slides(layer) || layer.kind === "global" ? layers.findIndex((one) => !slides(one)) : -1;
      layers.splice(end < 0 ? layers.length : end, 0, layer);
      rebuild();
    }

    function draw() {
      const told = passed(layers, input);
      const shares = sharesOf(told);
      preset.set(known() || OWN);
      rows.forEach(({ line, told: cells, problem }, i) => {
        const one = told[i];
        const good = Boolean(one && !one.problem);
        line.classList.toggle("rf-unreached", !good);
        problem.textContent = good ? "" : one ? `does not fit: ${one.problem}` : "nothing arrives here";
        cells.output.textContent = good ? shapeOf(one) : "";
        cells.sees.textContent = good ? fieldOf(one) : "";
        cells.jump.textContent = good && !one.flat ? grouped(one.jump) : "";
        ["owned", "made"].forEach((which, k) => {
          const [count, bar] = cells[which].children;
          count.textContent = good ? grouped(one[which]) : "";
          bar.style.width = `${100 * shares[i][k]}%`;
        });
      });
      const start = { sides: input.slice(0, 2), depth: input[2], flat: false };
      const shown = [start, ...told.filter((one) => one && !one.problem)];
      const boxes = slabs(shown, ["input", ...layers.map((layer) => layer.kind)]);
      volumes.replaceChildren(
        ...shown.map((one, i) => {
          const kind = i ? layers[i - 1].kind : "input";
          const text = one.flat ? [shapeOf(one)] : [one.sides.map(grouped).join(" x "), `x ${grouped(one.depth)}`];
          const name = i ? `${i} ${LAYER_KINDS[kind].replace("global average pool", "global")}` : "input";
          return h(
            "div",
            { class: "rf-volume", role: "listitem" },
            boxes[i],
            h("b", {}, name),
            ...text.map((part) => h("span", {}, part)),
          );
        }),
      );
      say(resultOf(layers, told));
    }
    const ask = inFrame(draw, complain);

    el.append(
      h("div", { class: "rf-bar" }, preset.el, h("span", { class: "rf-bar" }, "input", shape)),
      volumes,
      h("p", { class: "rf-small" }, "Drawn by square roots, so that 224 and 7 can both be seen."),
      table,
      h("div", { class: "rf-bar" }, added.el, addButton),
      h("p", { class: "rf-small" }, LEGEND),
    );
    rebuild();
    draw();
  },
};
