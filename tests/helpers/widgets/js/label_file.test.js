import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, boxesFrom, labelOf, labelText } from "../../../../helpers/widgets/labels/label_file.js";
import { close, numpys } from "./from_numpy.js";

const { boxes, labels } = numpys.label_file;
const named = ([b_x, b_y, b_h, b_w]) => ({ class: "car", b_x, b_y, b_h, b_w });
const said = (changes) => JSON.stringify([{ ...named([0.5, 0.5, 0.2, 0.2]), ...changes }]);

test("a box is written by midpoint and size, as NumPy finds them", () => {
  boxes.forEach((box, i) => assert.deepEqual(labelOf({ kind: "car", box }), named(labels[i])));
});

test("what was written is read again", () => {
  boxes.forEach((box, i) => close(boxOf(named(labels[i])).box, box, 1e-4));
  const all = boxes.map((box) => ({ kind: "car", box }));
  const again = boxesFrom(labelText(all), ["car"], 100);
  assert.equal(again.length, all.length);
  again.forEach(({ kind, box }, i) => {
    assert.equal(kind, "car");
    close(box, boxes[i], 1e-4);
  });
  assert.deepEqual(boxesFrom(labelText([]), ["car"], 100), []);
});

test("what is no label is refused in words", () => {
  const cases = [
    ["[", /no JSON/],
    ["{}", /no list/],
    [said({ class: "<b>" }), /has the class "<b>": expected one of car/],
    [said({ b_x: "0.5" }), /b_x = "0.5"/],
    [said({ b_h: 0 }), /no size/],
    [said({ b_w: -0.1 }), /no size/],
    [said({ b_x: 0.95 }), /over the border/],
    [said({ b_y: 0.05 }), /over the border/],
    [said({ more: 1 }), /no others/],
    ["[null]", /Box 1 is null/],
    ['[{"class":"car"}]', /expected the keys/],
    [JSON.stringify(Array(101).fill(named([0.5, 0.5, 0.2, 0.2]))), /101 boxes: expected at most 100/],
    [" ".repeat(200001), /characters/],
  ];
  for (const [text, words] of cases) assert.throws(() => boxesFrom(text, ["car"], 100), words);
});
