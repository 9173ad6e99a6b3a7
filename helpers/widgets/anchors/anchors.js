// Anchor boxes: drag objects and anchors, see the slot each object gets, and let the anchors follow their boxes.
import { sheetOfBoxes } from "../page/boxes.js";
import { LINES } from "../page/colour.js";
import { button, slider } from "../page/controls.js";
import { h, inFrame, s } from "../page/dom.js";
import { panel } from "../page/matrix.js";
import { clamp } from "../page/numbers.js";
import { shapePlane } from "./shape_plane.js";
import { slotGrid } from "./slot_grid.js";
import { pulled, slotsOf } from "./slots.js";

const SIDE = 100; // of the picture: it is counted in hundredths
const MOST_OBJECTS = 6;
const SKETCHES = {
  car:
    "M2 72V50Q4 44 20 42L34 14Q36 8 42 8H66Q72 8 76 14L86 42Q98 44 98 52V72H90A9 22 0 0 1 72 72H28A9 22 0 0 1 10 72Z" +
    "M12 72A7 18 0 0 0 26 72A7 18 0 0 0 12 72ZM74 72A7 18 0 0 0 88 72A7 18 0 0 0 74 72Z",
  pedestrian:
    "M50 1A17 8 0 0 1 50 17A17 8 0 0 1 50 1Z" +
    "M28 20H72L92 52L78 55L68 38V60L80 98H62L50 66L38 98H20L32 60V38L22 55L8 52Z",
};

const scaled = (box) => box.map((part) => SIDE * part);
const shrunk = (box) => box.map((part) => part / SIDE);
const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

export default {
  render({ model, el, say, complain }) {
    const classes = model.get("classes");
    const numbersOfSlot = 5 + classes;
    const shapes = model.get("shapes");
    let [names, boxes, grid] = ["names", "boxes", "grid"].map((key) => model.get(key));
    let chosen = 0;
    let spare = []; // anchors that were taken away, to come back first
    let made = names.length;

    const picture = sheetOfBoxes({
      width: SIDE,
      height: SIDE,
      wide: 300,
      label: "the picture with its objects: arrow keys move one, with Alt they resize it, Delete takes it away",
      least: 3,
      onmove(index, box) {
        boxes = boxes.map((other, i) => (i === index ? shrunk(box) : other));
        ask();
      },
      onselect(index) {
        chosen = index;
        ask();
      },
      ondraw: (box) => add(shrunk(box)),
      ondelete: remove,
    });
    const output = slotGrid();
    const outputPanel = panel("", output.el);
    outputPanel.el.style.width = "300px";
    const table = h("table", { class: "rf-table" });
    const plane = shapePlane({ shapes, anchors: model.get("anchors"), onchange: () => ask() });

    /** Where a new object goes: a little further than those that were added before it. */
    function freePlace() {
      const corners = Array.from({ length: MOST_OBJECTS }, (_, n) => 0.04 + 0.07 * n);
      const taken = (at) => boxes.some(([x, y]) => Math.hypot(x - at, y - at) < 0.04);
      const at = corners.find((corner) => !taken(corner));
      return [at, at, at + 0.25, at + 0.2];
    }
    function add(box) {
      const full = boxes.length >= MOST_OBJECTS;
      complain(full ? `There is room for ${MOST_OBJECTS} objects: delete one first, by the key Delete.` : "");
      if (full) return;
      boxes = [...boxes, box];
      names = [...names, `object ${made++}`];
      draw();
      picture.focus(boxes.length - 1);
    }
    function remove(index) {
      complain(boxes.length > 1 ? "" : "One object has to stay.");
      if (boxes.length < 2) return;
      [boxes, names] = [boxes, names].map((list) => list.filter((_, i) => i !== index));
      chosen = clamp(chosen, 0, boxes.length - 1);
      draw();
      picture.focus(chosen);
    }
    function resizeList(size) {
      const next = plane.anchors().slice(0, size);
      spare = [...plane.anchors().slice(size), ...spare];
      while (next.length < size) {
        const { shares } = pulled(shapes, next); // a new one begins at the shape that is served worst
        next.push(spare.shift() || shapes[shares.indexOf(Math.min(...shares))]);
      }
      plane.put(next);
    }

    const named = (indices) => listed(indices.map((i) => names[i]));
    const slotInWords = ({ row, column, anchor }) => `row ${row}, column ${column}, anchor ${anchor}`;
    const inWords = (one) =>
      `${slotInWords(one)}, with a shape overlap of ${one.shares[one.anchor].toFixed(2)}` +
      (one.rivals.length ? `; the same slot as ${named(one.rivals)}` : "");

    function drawPicture(found) {
      const cell = SIDE / grid;
      const inner = Array.from({ length: grid - 1 }, (_, i) => (i + 1) * cell);
      const lines = inner.map((at) => `M${at} 0V${SIDE}M0 ${at}H${SIDE}`).join("");
      const lit = { x: found[chosen].column * cell, y: found[chosen].row * cell, width: cell, height: cell };
      const one = picture.unit();
      const middles = boxes.map(([x1, y1, x2, y2]) => [(SIDE * (x1 + x2)) / 2, (SIDE * (y1 + y2)) / 2]);
      const around = plane.anchors().map(([width, height], i) =>
        s("rect", {
          class: "rf-around",
          x: middles[chosen][0] - (SIDE * width) / 2,
          y: middles[chosen][1] - (SIDE * height) / 2,
          width: SIDE * width,
          height: SIDE * height,
          stroke: LINES[i],
          "stroke-width": (i === found[chosen].anchor ? 3 : 1.4) * one,
          "stroke-dasharray": `${6 * one} ${4 * one}`,
        }),
      );
      picture.back.replaceChildren(
        s("rect", { class: "rf-lit", ...lit }),
        s("path", { class: "rf-lines", d: lines || "M0 0" }),
        ...boxes.map(([x1, y1, x2, y2], i) => {
          const transform = `translate(${SIDE * x1} ${SIDE * y1}) scale(${x2 - x1} ${y2 - y1})`;
          return s("path", { class: "rf-sketch", d: SKETCHES[names[i]] || "M0 0", transform });
        }),
      );
      picture.update(
        found.map((one, i) => ({
          box: scaled(boxes[i]),
          colour: LINES[one.anchor],
          thick: i === chosen,
          text: `${names[i]}: anchor ${one.anchor}`,
          label: `${names[i]}: ${inWords(one)}`,
        })),
      );
      const dot = { class: "rf-middle", r: 4.5 * one, "stroke-width": 1.5 * one };
      picture.front.replaceChildren(...around, ...middles.map(([cx, cy]) => s("circle", { ...dot, cx, cy })));
    }

    function drawTable(found) {
      const anchors = plane.anchors();
      const narrow = anchors.length > 3 ? "padding:3px" : ""; // so that a telephone has room for all
      const head = (word, more) => h("th", { scope: "col", style: narrow, ...more }, word);
      const high = (word) => head(word, { rowspan: 2 });
      const across = head("anchor", { scope: "colgroup", colspan: anchors.length });
      const entry = (text, kind = "") => h("td", { class: kind, style: narrow }, text);
      const rows = found.map(({ row, column, anchor, shares, rivals }, i) => [
        h("th", { scope: "row", style: narrow }, names[i]),
        entry(`${row}, ${column}`),
        ...shares.map((share, k) => {
          const best = k === anchor;
          return entry(share.toFixed(2) + (best ? " ✓" : ""), best ? "rf-best" : "");
        }),
        entry(`${row}, ${column}, ${anchor}${rivals.length ? " ✕" : ""}`, rivals.length ? "rf-bad" : ""),
      ]);
      const heads = [
        [high("object"), high("cell"), across, high("slot")],
        anchors.map((_, i) => head(i)),
      ];
      table.replaceChildren(...[...heads, ...rows].map((cells) => h("tr", {}, ...cells)));
    }

    function draw() {
      const anchors = plane.anchors();
      const found = slotsOf(boxes, anchors, grid);
      const size = `${grid} × ${grid} × ${anchors.length} × ${numbersOfSlot}`;
      count.set(anchors.length);
      drawPicture(found);
      drawTable(found);
      plane.update();
      output.update(found, names, anchors.length, grid, chosen);
      const all = found.map((one, i) => `${names[i]}: ${inWords(one)}`);
      output.el.setAttribute("aria-label", `The output, ${size}. ${all.join(". ")}`);
      outputPanel.head.textContent = `output, ${size}: a strip for each slot`;
      outputPanel.foot.textContent = `${numbersOfSlot} numbers each: p_c, four of the box, ${classes} classes`;
      const clash = found.findIndex((one) => one.rivals.length);
      const own = boxes.length > 1 ? " Every object has a slot of its own." : "";
      say(
        clash < 0
          ? `${all[chosen]}.${own}`
          : `Collision: ${named([clash, ...found[clash].rivals])} want the slot at ${slotInWords(found[clash])}, ` +
              "but only one of them can be written there.",
      );
    }
    const ask = inFrame(draw, complain);

    const count = slider({ label: "anchors", min: 1, max: 5, value: 2, oninput: resizeList });
    const cells = slider({
      label: "cells a side",
      min: 1,
      max: 7,
      value: grid,
      oninput(value) {
        grid = value;
        ask();
      },
    });
    el.append(
      h(
        "div",
        { class: "rf-bar" },
        count.el,
        cells.el,
        button("add an object", () => add(freePlace())),
      ),
      h(
        "div",
        { class: "rf-row" },
        panel("objects: drag, resize or draw one", picture.el, "dot: midpoint; dashed: the anchors around it").el,
        outputPanel.el,
        panel("overlap of shapes, both centred", table, "✓ the best anchor; ✕ two in one slot").el,
      ),
      plane.el,
    );
    draw();
  },
};
