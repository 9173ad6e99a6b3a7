// Runs a view's module where no widget manager is: in a notebook's output, in an exported page, after re-opening.
import { h } from "./dom.js";
import { guardKeys } from "./keyboard.js";

const PATIENCE = 20000; // milliseconds until a question counts as unheard

/**
 * The line to Python, if a kernel listens at this address.
 * `ask(question, content)` resolves to Python's answer, and rejects with a sentence to show.
 */
function line(address, isLive) {
  const waiting = new Map();
  const listeners = { news: [], change: [] };
  let listening = false;
  let count = 0;
  const ended = new AbortController();
  const hear = (name, act) => document.addEventListener(name, act, { signal: ended.signal });
  const on = (kind, act) => hear(`rf-${kind}-${address}`, act);
  const turn = (state) => {
    listening = state;
    listeners.change.forEach((listener) => listener(state));
  };
  if (address) {
    hear("rf-sweep", () => isLive() || ended.abort()); // an output that was replaced must not be kept by its listeners
    on("here", () => turn(true));
    on("gone", () => turn(false));
    on("say", ({ detail: { content, buffers } }) => {
      if (!isLive()) return;
      const one = waiting.get(content.answer);
      if (content.answer === undefined) listeners.news.forEach((listener) => listener(content, buffers));
      if (!one) return;
      waiting.delete(content.answer);
      clearTimeout(one.timer);
      if (content.problem) one.refuse(new Error(content.problem));
      else one.resolve(content.content);
    });
    document.dispatchEvent(new CustomEvent(`rf-anyone-${address}`));
  }
  return {
    get listening() {
      return listening;
    },
    onNews: (listener) => listeners.news.push(listener),
    onChange: (listener) => listeners.change.push(listener),
    ask(question, content = {}) {
      if (!listening)
        return Promise.reject(new Error("No Python listens here. Run this cell again, then try once more."));
      const number = `${Date.now()}-${(count += 1)}`;
      return new Promise((resolve, refuse) => {
        const timer = setTimeout(() => {
          waiting.delete(number);
          refuse(new Error("Python has not answered for 20 seconds: it is busy with a cell, or it was restarted."));
        }, PATIENCE);
        waiting.set(number, { resolve, refuse, timer });
        document.dispatchEvent(new CustomEvent(`rf-ask-${address}`, { detail: { ask: number, question, content } }));
      });
    },
  };
}

/** Show `view` in every place of the page that waits for it; if it fails, its picture stays. */
async function mount(id, view, state, address) {
  document.dispatchEvent(new CustomEvent("rf-sweep"));
  for (const place of document.querySelectorAll(`[data-rf-view="${id}"]`)) {
    if (place.dataset.rfShown) continue;
    place.dataset.rfShown = "yes";
    const picture = [...place.childNodes]; // the style sheet comes first, and stays
    const el = h("div", { class: "rf-body" });
    const said = h("p", { class: "rf-said", role: "status" });
    const problem = h("p", { class: "rf-problem", role: "alert" });
    const say = (text) => said.textContent !== text && (said.textContent = text);
    const complain = (text) => (problem.textContent = text);
    guardKeys(place);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", state.title);
    place.replaceChildren(picture[0], el, problem, said);
    const python = line(address, () => place.isConnected);
    try {
      const own = structuredClone(state);
      await view.render({ model: { get: (key) => own[key] }, el, python, say, complain });
    } catch (error) {
      place.replaceChildren(...picture, problem);
      complain(`This view could not start in this browser, so here is its picture. (${error.message})`);
    }
  }
}
