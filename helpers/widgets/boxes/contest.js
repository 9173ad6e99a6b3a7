// Several boxes with scores: the best strikes out those that share too much with it, step by step.
import { sheetOfBoxes } from "../page/boxes.js";
import { button, choice, playBar, slider, tick } from "../page/controls.js";
import { h } from "../page/dom.js";
import { panel } from "../page/matrix.js";
import { clamp, show } from "../page/numbers.js";
import { onSteps, roomFor, ruling } from "./ruled.js";
import { fates, storyOf } from "./survival.js";

const MOST = 26;
const letter = (index) => String.fromCharCode(65 + index);
const LOOKS = {
  waiting: { colour: "#0b62b0", word: "waits" },
  kept: { colour: "#1a6e2e", thick: true, sign: " ✓", word: "stays" },
  low: { colour: "#555555", dashed: true, faint: true, sign: " ✕", word: "score too low" },
  struck: { colour: "#b3261e", dashed: true, faint: true, sign: " ✕", word: "struck out" },
};

/**
 * @param {{limits: {share, score}, onchange: Function, complain: Function}} options onchange(moved) hears that there is
 *   something to draw; moved is false if only the step is another.
 * @returns {{el, foot, put, draw, said, content}} foot: the play bar, to stand above what is said
 */
export function contestOf({ limits, onchange, complain }) {
  let [boxes, room, stage, steps, at, chosen, ends] = [[], null, null, [], 0, 0, []];
  const place = h("div", { class: "rf-panel" });
  const list = h("tbody");
  const part = { min: 0, max: 1, step: 0.01 };
  const limit = (label, key) =>
    slider({ label, ...part, value: limits[key], oninput: (value) => set({ [key]: value }) });
  const [score, share] = [limit("scores above", "score"), limit("IoU from", "share")];
  const apart = tick({ label: "each class by itself", value: true, onchange: () => set({}) });
  const bar = playBar({ at: () => at, last: () => steps.length - 1, go });
  const own = slider({ label: "score", ...part, value: 0, oninput: (value) => edit({ score: value }) });
  const which = h("strong");
  const kindOf = h("span");
  const remove = button("delete it", () => drop(chosen));
  const middle = () => {
    const by = 0.3 + 0.05 * (boxes.length % 7); // a little farther each time, so that none hides another
    return [by, by, by + 0.3, by + 0.3].map((edge, i) => edge * (i % 2 ? room.height : room.width));
  };
  const adding = button("add a box", () => add(middle()));

  function set(change) {
    Object.assign(limits, change, { apart: apart.value });
    again();
  }
  function edit(change) {
    Object.assign(boxes[chosen], change);
    again();
  }
  /** The boxes or thresholds are others: tell the story anew, up to its end. */
  function again() {
    bar.stop();
    ends = fates(boxes, limits);
    steps = storyOf(boxes, ends);
    at = steps.length - 1;
    onchange(true);
  }
  function go(step) {
    at = step;
    onchange(false);
  }
  function add(box) {
    complain("");
    if (boxes.length >= MOST) {
      complain(`There are ${MOST} boxes already, one for each letter: delete one first.`);
      return;
    }
    boxes.push({ box: onSteps(box, room.step), score: 0.7, kind: (boxes[chosen] || boxes[0] || { kind: "box" }).kind });
    chosen = boxes.length - 1;
    again();
    draw();
    stage.focus(chosen);
  }
  function drop(index) {
    if (!boxes[index]) return;
    boxes.splice(index, 1);
    chosen = clamp(chosen, 0, Math.max(0, boxes.length - 1));
    again();
    draw(); // at once, so that the next key finds the box
    if (boxes.length) stage.focus(chosen);
    else adding.focus();
  }
  function put(next, change = {}) {
    boxes = next.map((one) => ({ ...one }));
    Object.assign(limits, change);
    score.set(limits.score);
    share.set(limits.share);
    chosen = 0;
    room = roomFor(boxes.map((one) => one.box));
    stage = sheetOfBoxes({
      ...room,
      wide: 520,
      label: "boxes with scores; draw another one on free ground",
      least: room.step,
      onmove(index, box) {
        boxes[index].box = onSteps(box, room.step);
        again();
      },
      onselect(index) {
        chosen = index;
        onchange(false);
      },
      ondraw: add,
      ondelete: drop,
    });
    place.replaceChildren(stage.el);
    const kinds = [...new Set(boxes.map((one) => one.kind))];
    apart.el.hidden = kinds.length < 2;
    const names = choice({ label: "class", options: kinds, onchange: (kind) => edit({ kind }) }).el;
    kindOf.replaceChildren(...(kinds.length < 2 ? [] : [names]));
    set({});
  }
  const named = (index) => `${letter(index)} (${show(boxes[index].score)})`;
  function told({ kind, index, by, share: common }) {
    if (kind === "start") return `${boxes.length} boxes, each with a score. Nothing is decided yet.`;
    const [least, most] = [show(limits.score), show(limits.share)];
    if (kind === "low") return `${letter(index)} goes: its score ${show(boxes[index].score)} is not above ${least}.`;
    if (kind === "take") return `${named(index)} has the largest score of those that wait: it stays.`;
    if (kind === "strike") {
      return `${named(index)} goes: it shares ${show(common, 3)} with ${letter(by)}, which is ${most} or more.`;
    }
    const left = boxes.map((_, i) => i).filter((i) => !ends[i].low && ends[i].by === undefined);
    return left.length ? `Left: ${left.map(named).join(", ")}.` : "No box is left.";
  }
  function draw() {
    const now = boxes.map(() => "waiting");
    const fate = { low: "low", take: "kept", strike: "struck" };
    steps.slice(0, at + 1).forEach(({ kind, index }) => fate[kind] && (now[index] = fate[kind]));
    stage.back.replaceChildren(ruling(room, stage.unit()));
    stage.update(
      boxes.map(({ box, score: value, kind }, i) => {
        const { word, sign = "", ...look } = LOOKS[now[i]];
        const label = `box ${letter(i)}, ${kind}, score ${show(value)}, ${word}`;
        return { box, ...look, text: `${letter(i)} ${show(value, 2)}${sign}`, corner: i % 4, label };
      }),
    );
    const why = (i) => (now[i] === "struck" ? `${show(ends[i].share, 3)} with ${letter(ends[i].by)}` : "");
    list.replaceChildren(
      ...boxes.map(({ score: value, kind }, i) => {
        const { word, sign = "" } = LOOKS[now[i]];
        const cells = [letter(i), kind, show(value), `${sign} ${word}`, why(i)].map((text) => h("td", {}, text));
        return h("tr", { class: steps[at].index === i ? "rf-now" : "" }, ...cells);
      }),
    );
    const mine = boxes[chosen];
    which.textContent = mine ? `box ${letter(chosen)}` : "no box: draw one";
    own.el.hidden = remove.hidden = !mine;
    kindOf.hidden = !mine || !kindOf.firstChild;
    if (!mine) return;
    own.set(mine.score);
    const select = kindOf.querySelector("select");
    if (select) select.value = mine.kind;
  }
  /** What Python needs to know: boxes, scores, thresholds, and which boxes strike each other out. */
  function content() {
    const kinds = [...new Set(boxes.map((one) => (limits.apart ? one.kind : "")))];
    const groups = kinds.map((kind) => [...boxes.keys()].filter((i) => !limits.apart || boxes[i].kind === kind));
    const [corners, scores] = ["box", "score"].map((key) => boxes.map((one) => one[key]));
    return { boxes: corners, scores, groups, share: limits.share, score: limits.score };
  }
  const titles = ["box", "class", "score", "what happens", "IoU"];
  const head = h("tr", {}, ...titles.map((text) => h("th", { scope: "col" }, text)));
  const table = h("table", { class: "rf-list" }, h("thead", {}, head), list);
  const keys = "arrows move, Alt with arrows resizes, Delete deletes";
  const left = panel("boxes: drag, pull a corner, draw on free ground", place, keys).el;
  const editing = h("div", { class: "rf-bar" }, which, own.el, kindOf, remove, adding);
  const el = h(
    "div",
    {},
    h("div", { class: "rf-bar" }, score.el, share.el, apart.el),
    h("div", { class: "rf-row" }, left, h("div", { class: "rf-beside" }, panel("their fate", table).el, editing)),
  );
  const said = () => `Step ${at} of ${steps.length - 1}: ${told(steps[at])}`;
  return { el, foot: h("div", { class: "rf-bar" }, bar.el), put, draw, content, said };
}
