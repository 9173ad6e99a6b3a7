// Keys that belong to a view, and not to the notebook around it.

/** JupyterLab acts on arrows and letters wherever the focus is; out of a view only Escape and Tab pass. */
export function guardKeys(place) {
  for (const kind of ["keydown", "keypress", "keyup"]) {
    place.addEventListener(kind, (event) => {
      if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
    });
  }
}

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** [rows, columns] that an arrow key moves by, ten times as far with Shift; null for other keys. */
export function arrow(event) {
  const step = ARROWS[event.key];
  if (!step) return null;
  event.preventDefault();
  return event.shiftKey ? step.map((part) => 10 * part) : step;
}
