// Boxes on a photograph: drawn, named, shown as the vector that a network learns, taken along as JSON.
import { sheetOfBoxes } from "../page/boxes.js";
import { button, choice } from "../page/controls.js";
import { h, inFrame, unique } from "../page/dom.js";
import { boxOf, boxesFrom, labelOf, labelText } from "./label_file.js";
import { panel } from "../page/matrix.js";
import { clamp, show } from "../page/numbers.js";
import { readPicture } from "../page/picture.js";
import { openPicture } from "../page/picture_file.js";

const COLOURS = ["#0b62b0", "#b8004e", "#1a6e2e", "#8a4b00", "#5b2a86", "#333333"];
const STAGE = 480; // CSS pixels
const OWN_PICTURE = 800; // pixels on the longer side of a photograph of one's own
const REMEMBERED = 100; // changes that can be undone

export default {
  async render({ model, el, python, say, complain }) {
    const classes = model.get("classes");
    const most = model.get("most");
    const url = model.get("picture");
    const { width, height } = await readPicture(url);
    let [photo, boxes, chosen, stage] = [{ url, width, height }, model.get("boxes").map(boxOf), 0, null];
    let [rested, past, untold] = [null, [], false];

    const place = h("div", { class: "rf-panel" });
    const rows = h("tbody");
    const lines = { rows: 5, wrap: "off", spellcheck: "false" };
    const out = h("textarea", { ...lines, readonly: true, "aria-label": "JSON of these boxes" });
    const into = h("textarea", { ...lines, "aria-label": "JSON to read", placeholder: '[{"class": ...}]' });
    const rename = (kind) => boxes[chosen] && change(() => (boxes[chosen].kind = kind));
    const kindOf = choice({ label: "class", options: classes, onchange: rename });
    const remove = button("delete it", () => drop(chosen));
    const adding = button("add a box", () => add(fresh()));
    const undo = button("undo", takeBack);
    const draw = inFrame(drawNow, complain);
    const copied = () => ({ photo, boxes: boxes.map(({ kind, box }) => ({ kind, box: [...box] })), chosen });

    /** A box in the middle, each a little farther down than the last, so that none hides another. */
    function fresh() {
      const by = 0.04 * (boxes.length % 8);
      return [0.35, 0.35, 0.65, 0.65].map((edge) => edge + by);
    }

    /** Something is finished: it can be undone from now on, and Python hears of it. */
    function rest() {
      if (JSON.stringify(rested.boxes) !== JSON.stringify(boxes) || rested.photo !== photo) past.push(rested);
      past = past.slice(-REMEMBERED);
      rested = copied();
      untold = true;
      tell();
      draw();
    }
    function tell() {
      if (!untold || !python.listening) return;
      untold = false;
      python.ask("settled", { labels: boxes.map(labelOf) }).catch((error) => {
        untold = true;
        complain(error.message);
      });
    }
    function change(act) {
      complain("");
      act();
      rest();
    }
    function takeBack() {
      const before = past.pop();
      if (!before) return;
      complain("");
      const other = before.photo !== photo;
      ({ photo, boxes, chosen } = before);
      if (other) build();
      rested = copied();
      untold = true;
      tell();
      draw();
    }
    function add(box) {
      if (boxes.length >= most) return complain(`There are ${most} boxes already: delete one first.`);
      change(() => {
        boxes.push({ kind: kindOf.value, box });
        chosen = boxes.length - 1;
      });
      drawNow(); // at once, so that the next key finds the box
      stage.focus(chosen);
    }
    function drop(index) {
      if (!boxes[index]) return;
      change(() => boxes.splice(index, 1));
      chosen = clamp(index, 0, Math.max(0, boxes.length - 1));
      drawNow();
      if (boxes.length) stage.focus(chosen);
      else adding.focus();
    }
    const shared = (box) => box.map((edge, i) => edge / (i % 2 ? photo.height : photo.width));
    function build() {
      stage = sheetOfBoxes({
        width: photo.width,
        height: photo.height,
        wide: Math.min(STAGE, (STAGE * photo.width) / photo.height),
        label: "photograph; drag on free ground to draw a box",
        picture: photo.url,
        step: photo.width / 100,
        least: Math.min(photo.width, photo.height) / 50,
        onmove(index, box, settled) {
          boxes[index].box = shared(box);
          if (settled) change(() => {});
          else draw();
        },
        onselect(index) {
          chosen = index;
          draw();
        },
        ondraw: (box) => add(shared(box)),
        ondelete: drop,
      });
      place.replaceChildren(stage.el);
    }
    function drawNow() {
      stage.update(
        boxes.map(({ kind, box }, i) => ({
          box: box.map((edge, side) => edge * (side % 2 ? photo.height : photo.width)),
          colour: COLOURS[classes.indexOf(kind) % COLOURS.length],
          thick: i === chosen,
          dashed: i !== chosen,
          text: `${i + 1} ${kind}`,
          corner: box[0] > 0.6 ? 1 : 0,
          label: `box ${i + 1} of ${boxes.length}, ${kind}`,
        })),
      );
      const mine = boxes[chosen];
      const { b_x, b_y, b_h, b_w } = mine ? labelOf(mine) : {};
      const parts = [
        ["p_c", Number(Boolean(mine)), mine ? "there is an object" : "no object: the rest does not matter"],
        ["b_x", b_x, "midpoint, from the left edge"],
        ["b_y", b_y, "midpoint, from the upper edge"],
        ["b_h", b_h, "height, of the picture's height"],
        ["b_w", b_w, "width, of the picture's width"],
        ...classes.map((name, i) => [`c_${i + 1}`, mine && Number(name === mine.kind), `is it a ${name}?`]),
      ].map(([symbol, value, meaning]) => [symbol, value === undefined ? "?" : show(value), meaning]);
      rows.replaceChildren(...parts.map((texts) => h("tr", {}, ...texts.map((text) => h("td", {}, text)))));
      remove.hidden = !mine;
      if (mine) kindOf.set(mine.kind);
      undo.disabled = !past.length;
      const text = labelText(boxes);
      if (out.value !== text) out.value = text;
      const y = parts.map(([, value]) => value).join(", ");
      say(mine ? `Box ${chosen + 1} of ${boxes.length}, ${mine.kind}: y = (${y}).` : `No box: y = (${y}).`);
    }

    async function copy() {
      try {
        await navigator.clipboard.writeText(out.value);
        say("The JSON is in the clipboard.");
      } catch {
        out.focus();
        out.select();
        say("The JSON is selected: copy it with Ctrl+C, or ⌘C on a Mac.");
      }
    }
    function download() {
      const href = URL.createObjectURL(new Blob([out.value], { type: "application/json" }));
      const link = h("a", { href, download: "boxes.json" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    }
    function readBack() {
      try {
        const next = boxesFrom(into.value, classes, most);
        change(() => ([boxes, chosen] = [next, 0]));
      } catch (error) {
        complain(error.message);
      }
    }
    async function openFile() {
      const [file] = input.files;
      if (!file) return;
      try {
        const next = await openPicture(file, OWN_PICTURE);
        change(() => {
          [photo, boxes, chosen] = [next, [], 0];
          build();
        });
      } catch (error) {
        complain(`${file.name.slice(0, 60)} was not opened. ${error.message}`);
      }
      input.value = "";
    }
    const id = unique("file");
    const input = h("input", { id, type: "file", accept: "image/png,image/jpeg", onchange: openFile });
    const head = h("tr", {}, ...["y", "value", "meaning"].map((text) => h("th", { scope: "col" }, text)));
    const table = h("table", { class: "rf-list" }, h("thead", {}, head), rows);
    const keys = "arrows move, Alt with arrows resizes, Delete deletes";
    const left = panel("photograph: drag on free ground to draw a box", place, keys).el;
    const buttons = h("div", { class: "rf-bar" }, kindOf.el, adding, remove, undo);
    const right = h("div", { class: "rf-beside" }, panel("the chosen box as a vector", table).el, buttons);
    const named = h("label", { for: id }, "a photograph of your own (it stays in this browser)");
    const write = panel("these boxes as JSON", out, "").el;
    write.append(h("div", { class: "rf-bar" }, button("copy", copy), button("download", download)));
    const readIn = panel("boxes from JSON", into, "").el;
    readIn.append(h("div", { class: "rf-bar" }, button("read these boxes", readBack)));
    [write, readIn].forEach((part) => part.classList.add("rf-beside"));
    el.append(
      h("div", { class: "rf-row" }, left, right),
      h("div", { class: "rf-row" }, write, readIn),
      h("div", { class: "rf-bar" }, named, input),
    );
    build();
    rested = copied();
    python.onChange(tell);
    draw();
  },
};
