// Sliders, choices, buttons and the play bar, each with its label.
import { h, unique } from "./dom.js";
import { show } from "./numbers.js";

/**
 * A labelled slider. `oninput` hears every step, `onsettle` (if given) the value it comes to rest at.
 *
 * @returns {{el: HTMLElement, set: Function, limits: Function, value: number}}
 */
export function slider({ label, min, max, step = 1, value, oninput, onsettle, format = show }) {
  const id = unique("slider");
  const input = h("input", { id, type: "range", min, max, step, value });
  const output = h("output", { for: id, "aria-live": "off" }, format(value));
  const write = () => {
    output.textContent = format(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    write();
    oninput(Number(input.value));
  });
  if (onsettle) input.addEventListener("change", () => onsettle(Number(input.value)));
  write();
  return {
    el: h("span", { class: "rf-slider" }, h("label", { for: id }, label), input, output),
    get value() {
      return Number(input.value);
    },
    set(next) {
      input.value = next;
      write();
    },
    limits(low, high) {
      input.min = low;
      input.max = high;
      input.disabled = high <= low;
      write();
    },
  };
}

/** A labelled list to choose from; options are strings or [value, text]. */
export function choice({ label, options, value, onchange }) {
  const id = unique("choice");
  const items = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  const select = h("select", { id }, ...items.map(([key, text]) => h("option", { value: key }, text)));
  if (value !== undefined) select.value = value;
  select.addEventListener("change", () => onchange(select.value));
  return {
    el: h("span", { class: "rf-slider" }, h("label", { for: id }, label), select),
    get value() {
      return select.value;
    },
    set: (next) => (select.value = next),
  };
}

/** A box to tick. */
export function tick({ label, value = false, onchange }) {
  const input = h("input", { type: "checkbox", checked: value });
  input.addEventListener("change", () => onchange(input.checked));
  return {
    el: h("label", { class: "rf-check" }, input, label),
    get value() {
      return input.checked;
    },
    set: (next) => (input.checked = next),
  };
}

/** A button. */
export const button = (text, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, text);

const PACES = [
  [1200, "slow"],
  [500, "normal"],
  [120, "fast"],
];

/**
 * Back, play or pause, step, and a pace. `at()` says which step is shown, `last()` which is the last one, `go(n)` shows
 * one. It never starts by itself.
 */
export function playBar({ at, last, go }) {
  let timer = 0;
  const play = button("▶ play", () => (timer ? stop() : start()));
  const pace = choice({ label: "pace", options: PACES, value: 500, onchange: () => timer && start() });
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ play";
  }
  function start() {
    clearInterval(timer);
    if (at() >= last()) go(0);
    timer = setInterval(() => {
      if (!play.isConnected || at() >= last()) stop();
      else go(at() + 1);
    }, Number(pace.value));
    play.textContent = "❚❚ pause";
  }
  const move = (by) => () => {
    stop();
    go(Math.min(last(), Math.max(0, at() + by)));
  };
  return {
    el: h("span", { class: "rf-bar" }, button("◀ back", move(-1)), play, button("step ▶", move(1)), pace.el),
    stop,
  };
}
