// Intersection over union of two boxes, and non-max suppression of several, on boxes that can be dragged.
import { contestOf } from "./contest.js";
import { button } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { ownFunction } from "./own_function.js";
import { twoBoxes } from "./two_boxes.js";

const NAMES = { pair: "iou", contest: "non_max_suppression" };
const TITLES = { pair: "two boxes: IoU", contest: "several boxes: non-max suppression" };

export default {
  render({ model, el, python, say, complain }) {
    const mine = model.get("mine");
    const askers = {};
    const ask = inFrame(draw, complain);
    let kind = model.get("first");

    const changed = (key) => (moved = true) => {
      if (moved && askers[key]) askers[key].forget();
      ask();
    };
    const scenes = {};
    if (model.get("pair")) {
      scenes.pair = twoBoxes({ onchange: changed("pair") });
      scenes.pair.put(model.get("pair").boxes);
    }
    if (model.get("contest")) {
      const { boxes, scores, kinds } = model.get("contest");
      scenes.contest = contestOf({ limits: { ...model.get("limits") }, onchange: changed("contest"), complain });
      scenes.contest.put(boxes.map((box, i) => ({ box, score: scores[i], kind: kinds[i] })));
    }
    const found = {
      pair: ({ boxes }) => scenes.pair.put(boxes),
      contest: ({ boxes, scores, share, score }) =>
        scenes.contest.put(
          boxes.map((box, i) => ({ box, score: scores[i], kind: "box" })),
          { share, score },
        ),
    };
    const shown = Object.keys(scenes).map((key) => {
      const parts = [scenes[key].el];
      if (mine[key]) {
        const content = scenes[key].content || (() => ({ boxes: scenes.pair.boxes() }));
        askers[key] = ownFunction({ python, complain, name: NAMES[key], kind: key, content, onfound: found[key] });
        parts.push(askers[key].el);
      }
      if (scenes[key].foot) parts.push(scenes[key].foot);
      return [key, h("div", {}, ...parts), button(TITLES[key], () => turnTo(key))];
    });

    function turnTo(key) {
      kind = key;
      complain("");
      shown.forEach(([other, part, press]) => {
        part.hidden = other !== key;
        press.setAttribute("aria-pressed", String(other === key));
      });
      ask();
    }
    function draw() {
      scenes[kind].draw();
      say(scenes[kind].said());
    }
    const tabs = shown.map(([, , press]) => press);
    const bar = { class: "rf-bar", role: "group", "aria-label": "what to look at" };
    if (tabs.length > 1) el.append(h("div", bar, ...tabs));
    el.append(...shown.map(([, part]) => part));
    turnTo(kind);
  },
};
