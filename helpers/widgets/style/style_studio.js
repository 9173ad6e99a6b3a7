// Choose two pictures and weights here; see the learner's own optimisation at work, live or as it was stored.
import { choice, slider } from "../page/controls.js";
import { h, inFrame } from "../page/dom.js";
import { logChart } from "../page/log_chart.js";
import { show } from "../page/numbers.js";
import { jpegUrl, openPicture, pictureBytes } from "../page/picture_file.js";

const NAMES = { alpha: "α, content", beta: "β, style" };
const PAUSE = "The square in the toolbar stops it and keeps the best picture.";
const OWN = "your own: ";
const DEAF = "No Python listens here, so a file has no effect. Run this cell, then choose it again.";
const STORED = "No Python listens here: run this cell, choose, then the next. What is stored can be looked through.";
const NEXT = "What you choose here counts when the next cell runs; running it again goes on from where it stopped.";

export default {
  async render({ model, el, python, say, complain }) {
    const { content, style } = model.get("pictures");
    const pictures = { content: new Map(content), style: new Map(style) };
    const chosen = model.get("chosen");
    const size = model.get("size");
    const stored = model.get("result");
    const seen = { steps: [], costs: {}, film: [], at: 0 };
    let running = false;

    /** A picture that changes: its bytes are in the page, so that nothing of it is left when the page forgets it. */
    function framed(alt) {
      const img = h("img", { alt, class: "rf-shown" });
      return {
        img,
        put(url, words) {
          pictureBytes(url);
          Object.assign(img, { src: url, alt: words });
        },
      };
    }

    const chooser = (kind) => {
      const shown = framed(`the ${kind}`);
      const options = [...pictures[kind].keys()];
      const list = choice({ label: kind, options, value: chosen[kind], onchange: (name) => choose(kind, name) });
      const file = h("input", {
        type: "file",
        accept: "image/png,image/jpeg",
        class: "rf-file",
        "aria-label": `a picture of your own as ${kind}`,
        onchange: () => load(kind, file),
      });
      const put = () => shown.put(pictures[kind].get(chosen[kind]), `The ${kind}: ${chosen[kind]}.`);
      const pick = h("label", { class: "rf-pick" }, "your own …", file);
      return { list, put, el: h("div", { class: "rf-panel rf-source" }, list.el, shown.img, pick) };
    };
    const choosers = { content: chooser("content"), style: chooser("style") };
    const weigh = ([name, value, max]) => {
      const range = { min: 0, max, step: max / 100, value };
      return [name, slider({ label: NAMES[name] || name, ...range, oninput: () => ask(), onsettle: settled })];
    };
    const weights = model.get("weights").map(weigh);
    const layers = model.get("layers").map(weigh);
    const read = (sliders) => Object.fromEntries(sliders.map(([name, { value }]) => [name, value]));

    const made = framed("the picture that is made");
    const save = h("a", { class: "rf-save", hidden: true }, "save the picture");
    const title = (words) => h("p", { class: "rf-title" }, words);
    const head = title("the picture that is made");
    const foot = h("p", { class: "rf-small" });
    const back = slider({
      label: "look back",
      min: 0,
      max: 0,
      value: 0,
      oninput: (at) => ((seen.at = at), ask()),
      format: (at) => (seen.film[at] ? `step ${seen.film[at][0]}` : ""),
    });
    const bar = h("progress", { "aria-label": "steps done", max: 1, value: 0 });
    const count = h("span", {});
    const chart = logChart({ label: "costs", axis: "step", high: 230, apart: 40, last: true });
    const note = h("p", { class: "rf-small" });

    function choose(kind, name) {
      chosen[kind] = name;
      choosers[kind].put();
      settled();
    }
    function settled() {
      const { alpha, beta } = read(weights);
      complain(alpha || beta ? "" : "α and β are both 0: then every picture costs nothing, and nothing changes.");
      ask();
      if (!python.listening) return;
      const words = `Chosen: ${chosen.content} in the manner of ${chosen.style}, α ${show(alpha)}, β ${show(beta)}.`;
      python.ask("choose", { ...chosen, alpha, beta, layers: read(layers) }).then(
        () => say(`${words} It counts from the next run on.`),
        ({ message }) => complain(message),
      );
    }
    async function load(kind, { files: [file] }) {
      if (!file) return;
      try {
        const { url } = await openPicture(file, Math.max(384, size));
        if (!python.listening) throw new Error(DEAF);
        const { name } = await python.ask("load", { kind, name: file.name, picture: url });
        const { list } = choosers[kind];
        const old = [...pictures[kind].keys()].filter((known) => known.startsWith(OWN));
        old.forEach((known) => pictures[kind].delete(known));
        pictures[kind].set(name, url);
        const select = list.el.querySelector("select");
        select.replaceChildren(...[...pictures[kind].keys()].map((known) => h("option", { value: known }, known)));
        list.set(name);
        complain("");
        choose(kind, name);
      } catch ({ message }) {
        complain(message);
      }
    }

    function keep(url, step, words) {
      made.put(url, words);
      save.hidden = false;
      save.href = url;
      save.download = `style_step_${step}.jpg`;
      head.textContent = words;
    }
    function turn(state) {
      running = state;
      choosing.disabled = running;
      note.textContent = running ? `Running. ${PAUSE}` : python.listening ? NEXT : STORED;
    }
    /** Costs of some steps join those that are known, which may be a few of many, or none where a page came late. */
    function follow({ from, costs }) {
      const known = seen.steps.filter((step) => step <= from).length;
      const [fresh = []] = Object.values(costs);
      seen.steps = [...seen.steps.slice(0, known), ...fresh.map((_, i) => from + 1 + i)];
      for (const [name, values] of Object.entries(costs)) {
        seen.costs[name] = [...(seen.costs[name] || []).slice(0, known), ...values];
      }
    }
    function heard({ run }, [picture]) {
      if (!run) return;
      turn(run.state === "running");
      if (run.fresh) Object.assign(seen, { steps: [], costs: {}, film: [] });
      if (run.costs) follow(run);
      if (run.last) [bar.max, bar.value] = [run.last, run.step];
      count.textContent = run.last ? `step ${run.step} of ${run.last}` : "";
      const words = running ? `step ${run.step}` : "the best picture";
      if (picture) keep(jpegUrl(picture), run.step, words);
      back.el.hidden = true;
      complain(run.state === "failed" ? run.words : "");
      if (!running) say(run.words);
      else if (run.fresh) say(`It runs. ${PAUSE}`);
      ask();
    }

    function draw() {
      if (seen.film.length && !running) {
        const [step, url] = seen.film[seen.at];
        const best = seen.at === seen.film.length - 1;
        keep(url, step, best ? `the best picture, of step ${step}` : `step ${step}`);
      }
      const lines = Object.entries(seen.costs).map(([name, values]) => ({ name, at: seen.steps, values }));
      const told = lines.map(({ name, values }) => `${name} from ${show(values[0])} to ${show(values.at(-1))}`);
      chart.update(lines, lines.length ? `costs: ${told.join(", ")}.` : "");
      const { alpha, beta } = read(weights);
      foot.textContent = `make small: ${show(alpha)} × content + ${show(beta)} × style`;
    }
    const ask = inFrame(draw, complain);

    const column = (sliders) => sliders.map(([, one]) => one.el);
    const headed = layers.length ? [title("weights of the layers")] : [];
    const choosing = h(
      "fieldset",
      { class: "rf-plain", "aria-label": "what to make" },
      h("div", { class: "rf-row" }, choosers.content.el, choosers.style.el),
      h("div", { class: "rf-column" }, ...column(weights), ...headed, ...column(layers)),
    );
    const barOf = (...parts) => h("div", { class: "rf-bar" }, ...parts);
    const making = h("div", { class: "rf-panel rf-made" }, head, made.img, foot, barOf(back.el, save));
    const costs = title("costs, step by step (logarithmic)");
    const watching = h("div", { class: "rf-panel rf-beside" }, costs, chart.el, barOf(bar, count));
    el.append(h("div", { class: "rf-row" }, choosing, making, watching), note);
    Object.values(choosers).forEach(({ put }) => put());
    back.el.hidden = true;
    if (stored) {
      seen.film = [...stored.film.filter(([step]) => step < stored.best), [stored.best, stored.picture]];
      Object.assign(seen, { steps: stored.steps, costs: stored.costs, at: seen.film.length - 1 });
      back.limits(0, seen.at);
      back.set(seen.at);
      back.el.hidden = seen.at === 0;
      [bar.max, bar.value] = [stored.steps.at(-1), stored.steps.at(-1)];
      count.textContent = `${stored.steps.at(-1)} steps`;
      say(stored.words);
    } else {
      made.put(pictures.content.get(chosen.content), "The content, with which it begins.");
      head.textContent = "it begins as the content";
      say(`${chosen.content} in the manner of ${chosen.style}: nothing is optimised yet, the next cell does that.`);
    }
    python.onNews(heard);
    python.onChange(() => turn(false));
    turn(false);
    ask();
  },
};
