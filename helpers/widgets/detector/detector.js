// A detector at work: its candidates on the photograph, two thresholds, and who strikes out whom.
import { candidateStage } from "./candidate_stage.js";
import { choice, slider, tick } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { arrow } from "../page/keyboard.js";
import { clamp, grouped, show } from "../page/numbers.js";
import { byStrength, countAbove, rivalsOf, strikers } from "./rivals.js";

const LEAST_SHARE = 0.05;
const MOST_DRAWN = 200; // boxes of a kind; more would hide the picture, and slow the slider down
const MOST_LISTED = 12;
const HINT = "point at a box, or walk by the arrow keys, the strongest first";
const SHOWN = [
  ["struck", "what is struck out, dashed"],
  ["left", "only what is left"],
  ["before", "all, before suppression"],
];

/** The coarsest step of a slider that has a stop at this value, so that it shows what was asked for. */
const stepTo = (value) =>
  [0.01, 0.001].find((step) => Math.abs(value / step - Math.round(value / step)) < 1e-9) || "any";

export default {
  render({ model, el, say, complain }) {
    const [width, height] = model.get("size");
    const [names, grid, anchors] = ["names", "grid", "anchors"].map((key) => model.get(key));
    const order = byStrength(model.get("scores"));
    const sorted = (key) => order.map((i) => model.get(key)[i]);
    const [boxes, scores, classes] = [sorted("boxes"), sorted("scores"), sorted("classes")];
    const rivals = rivalsOf(boxes, classes, LEAST_SHARE);
    const title = (i) => `${names[classes[i]]} ${scores[i].toFixed(2)}`;
    const items = boxes.map((box, i) => ({ box, kind: classes[i], title: title(i) }));
    let [score, share, mode] = [model.get("score"), model.get("share"), "struck"];
    let strikes = strikers(rivals, share);
    let above = [];
    let left = [];
    let victims = [];
    let chosen = -1;
    let walking = false; // once a box was pointed at or walked to

    const stage = candidateStage({ picture: model.get("picture"), width, height });
    const counts = h("p", { class: "rf-title" });
    const head = h("p", { class: "rf-title" });
    const list = h("ol", { class: "rf-places" });
    const small = (text = "") => h("p", { class: "rf-small" }, text);
    const [more, place, limit, note] = [small(), small(), small(), small(model.get("note"))];

    const shown = () => (mode === "left" ? left : above);
    const tell = () =>
      `${grouped(boxes.length)} candidates, ${grouped(above.length)} above ${show(score)}, ` +
      `${grouped(left.length)} left after suppression.`;

    function describe(i) {
      const start = `Box ${shown().indexOf(i) + 1} of ${shown().length}: ${title(i)}, number ${order[i]} of the arrays`;
      const by = strikes.by[i];
      if (by >= 0) {
        const part = show(strikes.share[i], 3);
        return `${start}. It is struck out by ${title(by)}, number ${order[by]}: they overlap by ${part}.`;
      }
      const others = `${victims[i] || "no"} ${victims[i] === 1 ? "other" : "others"}`;
      return `${start}. It is left: no stronger one left of its class overlaps it enough. It strikes out ${others}.`;
    }

    function count() {
      above = Array.from({ length: countAbove(scores, score) }, (_, i) => i);
      left = above.filter((i) => strikes.by[i] < 0);
      victims = [];
      for (const i of above) if (strikes.by[i] >= 0) victims[strikes.by[i]] = (victims[strikes.by[i]] || 0) + 1;
      if (!shown().includes(chosen)) chosen = left.length ? left[0] : -1;
    }

    /** The cell that the chosen box belongs to, if the grid is wanted. */
    function lattice() {
      if (!cells || !cells.value || chosen < 0) return { cells: 0 };
      const [x1, y1, x2, y2] = boxes[chosen];
      const middle = [(x1 + x2) / 2 / width, (y1 + y2) / 2 / height];
      const [column, row] = middle.map((part) => clamp(Math.floor(part * grid), 0, grid - 1));
      return { cells: grid, row, column, anchors };
    }

    function drawList() {
      head.textContent = `left: ${grouped(left.length)}`;
      const line = (i) => `${title(i)}, strikes out ${victims[i] || 0}${i === chosen ? " ◂" : ""}`;
      list.replaceChildren(
        ...left
          .slice(0, MOST_LISTED)
          .map((i) => h("li", { class: i === chosen ? "rf-best" : "" }, line(i))),
      );
      more.textContent = left.length > MOST_LISTED ? `and ${grouped(left.length - MOST_LISTED)} more` : "";
    }

    function draw() {
      const part = (those) => those.slice(0, MOST_DRAWN).map((i) => items[i]);
      const faint = { struck: above.filter((i) => strikes.by[i] >= 0), left: [], before: above }[mode];
      const firm = mode === "before" ? [] : left;
      const net = lattice();
      const dashed = mode === "struck";
      const striker = mode === "before" ? undefined : items[strikes.by[chosen]];
      stage.draw({ faint: part(faint), firm: part(firm), dashed, chosen: items[chosen], striker, grid: net });
      place.textContent = net.cells
        ? `The chosen box has its midpoint in row ${net.row}, column ${net.column} of the grid of ${grid} × ${grid}.` +
          (anchors.length ? " Dotted: the anchors of this cell." : "")
        : "";
      drawList();
      counts.textContent = tell();
      const many = Math.max(faint.length, firm.length);
      limit.textContent = many > MOST_DRAWN ? `Drawn are the ${MOST_DRAWN} strongest of ${grouped(many)}.` : "";
      stage.canvas.setAttribute("aria-label", `The photograph with boxes. ${chosen < 0 ? tell() : describe(chosen)}`);
    }
    const ask = inFrame(draw, complain);

    function choose(i) {
      if (i === chosen && walking) return;
      [chosen, walking] = [i, true];
      say(describe(i));
      ask();
    }
    function change() {
      count();
      walking = false;
      say(tell());
      ask();
    }

    stage.canvas.addEventListener("pointermove", (event) => {
      const [x, y] = stage.under(event);
      const area = ([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1);
      const around = ([x1, y1, x2, y2]) => x1 <= x && x <= x2 && y1 <= y && y <= y2;
      const under = shown().filter((i) => around(boxes[i]));
      if (under.length) choose(under.reduce((best, i) => (area(boxes[i]) < area(boxes[best]) ? i : best)));
    });
    stage.canvas.addEventListener("keydown", (event) => {
      const those = shown();
      const here = those.indexOf(chosen);
      const end = { Home: 0, End: those.length - 1 }[event.key];
      const step = arrow(event);
      if (end !== undefined) event.preventDefault();
      if (!those.length || (!step && end === undefined)) return;
      choose(those[clamp(end ?? here + step[0] + step[1], 0, those.length - 1)]);
    });

    const cells = grid && tick({ label: "grid and anchors", onchange: () => ask() });
    const scoreBar = slider({
      label: "score above",
      min: 0,
      max: 1,
      step: stepTo(score),
      value: score,
      oninput: (value) => change((score = value)),
    });
    const shareBar = slider({
      label: "overlap from",
      min: LEAST_SHARE,
      max: 1,
      step: stepTo(share),
      value: share,
      oninput: (value) => change((strikes = strikers(rivals, (share = value)))),
    });
    const modes = choice({ label: "show", options: SHOWN, value: mode, onchange: (value) => change((mode = value)) });
    el.append(
      h("div", { class: "rf-bar" }, scoreBar.el, shareBar.el, modes.el, cells ? cells.el : null),
      counts,
      h(
        "div",
        { class: "rf-row" },
        h("div", { class: "rf-panel" }, stage.el, small(HINT)),
        h("div", { class: "rf-panel rf-beside" }, head, list, more, place, limit, note),
      ),
    );
    count();
    draw();
    say(chosen < 0 ? tell() : describe(chosen));
  },
};
