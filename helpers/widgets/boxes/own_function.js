// Buttons that ask Python to run the learner's own function, on what is shown or in search of a counter-example.
import { button } from "../page/controls.js";
import { h } from "../page/dom.js";

/**
 * @param {object} options
 *   python, complain: as a view's `render` gets them.
 *   name: of the function; kind: "pair" or "contest"; content(): what is shown, for Python.
 *   onfound(case): a counter-example is to be shown.
 * @returns {{el, forget}} forget() clears the verdict, and drops the one that is awaited, because the boxes have
 *   changed since.
 */
export function ownFunction({ python, complain, name, kind, content, onfound }) {
  const verdict = h("p", { class: "rf-verdict", role: "status" });
  const note = h("p", { class: "rf-small" });
  let turn = 0; // of the boxes and of the question asked about them
  let waiting = false;
  const forget = () => {
    turn++;
    verdict.textContent = "";
  };
  const ask = (question, doing) => async () => {
    const mine = ++turn;
    waiting = true;
    listen();
    complain("");
    verdict.textContent = `Python ${doing} ...`;
    try {
      const answer = await python.ask(`${question} ${kind}`, content());
      if (mine !== turn) return;
      if (answer.case) onfound(answer.case);
      const words = answer.case ? `${answer.words} These boxes are on the stage now.` : answer.words;
      verdict.textContent = (answer.wrong ? "✗ " : "✓ ") + words;
      verdict.className = answer.wrong ? "rf-verdict rf-wrong-answer" : "rf-verdict rf-right-answer";
    } catch (error) {
      if (mine !== turn) return;
      forget();
      complain(error.message);
    } finally {
      waiting = false;
      listen();
    }
  };
  const buttons = [
    button(`run my ${name} on these`, ask("run", `runs your ${name}`)),
    button("search for a counter-example", ask("search", "tries a few hundred cases")),
  ];
  const listen = () => {
    buttons.forEach((one) => (one.disabled = waiting || !python.listening));
    note.textContent = python.listening ? "" : `Run this cell, and Python can run your ${name} here.`;
  };
  python.onChange(listen);
  listen();
  return { el: h("div", {}, h("div", { class: "rf-bar" }, ...buttons), note, verdict), forget };
}
