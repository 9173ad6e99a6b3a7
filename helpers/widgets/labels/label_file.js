// Boxes as JSON text, and back: whatever is read is checked first.
const LABEL_KEYS = ["class", "b_x", "b_y", "b_h", "b_w"];
const SLACK = 0.001; // how far a box may stand over: numbers are rounded
const LONGEST_TEXT = 200000;

const brief = (value) => String(JSON.stringify(value)).slice(0, 60);

/** A box {kind, box: [x1, y1, x2, y2]} as it is written down: midpoint and size, with four decimals. */
export function labelOf({ kind, box: [x1, y1, x2, y2] }) {
  const [b_x, b_y, b_h, b_w] = [(x1 + x2) / 2, (y1 + y2) / 2, y2 - y1, x2 - x1].map((part) => Number(part.toFixed(4)));
  return { class: kind, b_x, b_y, b_h, b_w };
}

/** {kind, box} of something that was written down. */
export function boxOf({ class: kind, b_x, b_y, b_h, b_w }) {
  const sides = [b_x - b_w / 2, b_y - b_h / 2, b_x + b_w / 2, b_y + b_h / 2];
  return { kind, box: sides.map((part) => Math.min(1, Math.max(0, part))) };
}

/** JSON text of boxes, a line each. */
export const labelText = (boxes) =>
  boxes.length ? `[\n${boxes.map((one) => `  ${JSON.stringify(labelOf(one))}`).join(",\n")}\n]` : "[]";

/** Boxes from JSON text; throws a sentence that says what is wrong and what was expected. */
export function boxesFrom(text, classes, most) {
  if (text.length > LONGEST_TEXT) {
    throw new Error(`The text has ${text.length} characters: expected at most ${LONGEST_TEXT}.`);
  }
  let labels;
  try {
    labels = JSON.parse(text);
  } catch (error) {
    const why = error.message.slice(0, 120);
    throw new Error(`This is no JSON (${why}): expected the text that stands beside, or one like it.`);
  }
  if (!Array.isArray(labels)) throw new Error("This is no list: expected boxes between [ and ].");
  if (labels.length > most) throw new Error(`There are ${labels.length} boxes: expected at most ${most}.`);
  return labels.map((label, i) => checkedBox(label, `Box ${i + 1}`, classes));
}

function checkedBox(label, who, classes) {
  const keys = label && typeof label === "object" ? Object.keys(label) : [];
  if (keys.length !== LABEL_KEYS.length || !LABEL_KEYS.every((key) => keys.includes(key))) {
    throw new Error(`${who} is ${brief(label)}: expected the keys ${LABEL_KEYS.join(", ")} and no others.`);
  }
  if (!classes.includes(label.class)) {
    throw new Error(`${who} has the class ${brief(label.class)}: expected one of ${classes.join(", ")}.`);
  }
  for (const key of LABEL_KEYS.slice(1)) {
    if (Number.isFinite(label[key])) continue;
    throw new Error(`${who} has ${key} = ${brief(label[key])}: expected a number from 0 to 1.`);
  }
  if (!(label.b_h > 0 && label.b_w > 0)) throw new Error(`${who} has no size: expected b_h and b_w above 0.`);
  const over = (at, side) => at - side / 2 < -SLACK || at + side / 2 > 1 + SLACK;
  if (over(label.b_x, label.b_w) || over(label.b_y, label.b_h)) {
    throw new Error(`${who} reaches over the border of the picture: expected it inside, all numbers from 0 to 1.`);
  }
  return boxOf(label);
}
