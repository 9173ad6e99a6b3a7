// Anchor, positive and negatives: what they cost, and where gradient descent moves them.
import { button, choice, playBar, slider } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { panel } from "../page/matrix.js";
import { show } from "../page/numbers.js";
import { pulling, stepped } from "./pulling.js";
import { tripletPlane } from "./triplet_plane.js";

const FIRST_RATE = 0.01;
const NAMES = ["anchor", "positive", "negative"];
const MEANINGS = {
  hard: "no farther than the positive",
  "semi-hard": "farther than the positive, but by less than the margin",
  easy: "farther than the positive by the margin or more, so it costs nothing",
};
const PULLS = "arrows: minus the gradient, a fifth as long";
const FORMULA = "max(d²(A, P) − d²(A, N) + α, 0)";

export default {
  render({ model, el, say, complain }) {
    const start = model.get("corners");
    const crowd = model.get("points");
    const labels = model.get("labels");
    const several = start.length > 3;
    const number = (i, join) => (several && i > 1 ? join + (i - 1) : "");
    const numbered = (words, join) => start.map((_, i) => words[Math.min(i, 2)] + number(i, join));
    const [names, letters] = [numbered(NAMES, " "), numbered("APN", "")];
    const lies = (corner) => crowd.findIndex((point) => point.every((part, axis) => part === corner[axis]));
    const origin = start.map(lies); // which of the crowd a corner is; -1 for none
    let margin = model.get("margin");
    let rate = FIRST_RATE;
    let trail = [start];
    let at = 0;

    const plane = tripletPlane({ names, letters, crowd, labels, onmove: place, onpick: pick });
    const widest = Math.max(1, 4 * margin);
    const margins = slider({ label: "margin α", min: 0, max: widest, step: "any", value: margin, oninput: widen });
    const rates = slider({ label: "learning rate", min: 0.01, max: 0.2, step: 0.01, value: rate, oninput: learn });
    const roles = names.map((name, i) => [i, name]);
    const role = choice({ label: "a click on a point makes it the", options: roles, value: 0, onchange: () => {} });
    const bar = playBar({
      at: () => at,
      last: () => Math.max(trail.length - 1, still(trail[at]) ? at : at + 1),
      go(n) {
        while (trail.length <= n) trail.push(stepped(trail.at(-1), pulling(trail.at(-1), margin).moves, rate));
        at = n;
        origin.splice(0, origin.length, ...trail[at].map(lies));
        ask();
      },
    });
    const still = (corners) =>
      pulling(corners, margin)
        .moves.flat()
        .every((part) => !part);

    function begin(corners) {
      bar.stop();
      complain("");
      [trail, at] = [[corners], 0];
      ask();
    }
    function place(index, point, from = -1) {
      origin[index] = from;
      begin(trail[at].map((corner, i) => (i === index ? [...point] : corner)));
    }
    function widen(value) {
      margin = Number(value.toPrecision(2));
      margins.set(margin);
      begin(trail[at]);
    }
    function learn(value) {
      rate = value;
      begin(trail[at]);
    }
    function pick(n) {
      place(Number(role.value), crowd[n], n);
      plane.frame(trail[0], margin);
      const who = origin.map((from) => labels[from] || "");
      const wrong = names.findIndex((_, i) => i && who[0] && who[i] && (who[i] === who[0]) !== (i === 1));
      const rule = wrong === 1 ? "A positive shows the same person" : "A negative shows someone else";
      if (wrong > 0) complain(`The ${names[wrong]} is labelled ${who[wrong]}, the anchor ${who[0]}. ${rule}.`);
    }
    const all = (corners) => () => {
      begin(corners());
      origin.splice(0, origin.length, ...trail[0].map(lies));
      plane.frame(trail[0], margin);
    };

    const numbers = h("div", { class: "rf-formula" });
    const rows = h("tbody");
    const pair = (point) => h("td", {}, point.map((part) => show(part, 3)).join(", "));
    const row = (name, ...pairs) => h("tr", {}, h("th", { scope: "row" }, name), ...pairs.map(pair));

    function draw() {
      const corners = trail[at];
      const seen = pulling(corners, margin);
      plane.update(trail.slice(0, at + 1), seen, margin);
      const loss = seen.costs.reduce((sum, cost) => sum + cost, 0);
      numbers.replaceChildren(...written(seen, loss).map((line) => h("p", {}, line)));
      rows.replaceChildren(...corners.map((corner, i) => row(names[i], corner, seen.moves[i])));
      say(told(seen, loss));
    }
    const ask = inFrame(draw, complain);

    function written({ near, far, costs }, loss) {
      const inside = (part) => `${show(near)} − ${show(part)} + ${show(margin)}`;
      const each = far.map((part, k) => `= max(${inside(part)}, 0) = ${show(costs[k])}`);
      const sum = several ? [`loss: ${costs.map((cost) => show(cost)).join(" + ")} = ${show(loss)}`] : [];
      return [FORMULA, ...each, ...sum];
    }
    function told({ near, far, kinds }, loss) {
      const begun = `${at ? `After ${at} step${at > 1 ? "s" : ""} the` : "The"} loss is ${show(loss)}`;
      if (!near && !far.some((part) => part)) {
        const stuck = "Every distance and every gradient is 0: gradient descent cannot leave.";
        const why = several ? "the margin for every negative" : "the margin";
        const free = "without a margin it costs nothing that all points lie on one place";
        return loss ? `${begun}: ${why}, for all points lie on one place. ${stuck}` : `${begun}: ${free}.`;
      }
      if (several) return `${begun}. ${kinds.map((kind, k) => `${letters[k + 2]} is ${kind}`).join(", ")}.`;
      return `${begun}. The negative is ${kinds[0]}: ${MEANINGS[kinds[0]]}.`;
    }

    const collapse = button(
      "put all on one place",
      all(() => start.map(() => trail[at][0])),
    );
    const again = button(
      "as at first",
      all(() => {
        [margin, rate] = [model.get("margin"), FIRST_RATE];
        margins.set(margin);
        rates.set(rate);
        return start;
      }),
    );
    const heads = ["point", "place", "minus the gradient"].map((head) => h("th", { scope: "col" }, head));
    const table = h("table", { class: "rf-table" }, h("thead", {}, h("tr", {}, ...heads)), rows);
    el.append(
      h("div", { class: "rf-bar" }, margins.el, rates.el, collapse, again),
      h("div", { class: "rf-bar" }, h("span", {}, "gradient descent"), bar.el),
      crowd.length ? h("div", { class: "rf-bar" }, role.el) : "",
      h(
        "div",
        { class: "rf-row" },
        panel("drag a point, or move it with the arrow keys", plane.el, PULLS).el,
        panel("what it costs", h("div", {}, numbers, table)).el,
      ),
    );
    plane.frame(start, margin);
    draw();
  },
};
