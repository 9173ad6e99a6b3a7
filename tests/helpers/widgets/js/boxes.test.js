import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, overlap, resized } from "../../../../helpers/widgets/static/boxes.js";
import { close, numpys } from "./from_numpy.js";

const [WIDTH, HEIGHT, LEAST] = [30, 20, 4];
const { pairs, moves } = numpys.boxes;

test("what boxes share and cover is what counting the fields gives", () => {
  for (const [one, other, shared, covered] of pairs) {
    const where = `${JSON.stringify(one)} and ${JSON.stringify(other)}`;
    for (const found of [overlap(one, other), overlap(other, one)]) {
      close([found.shared, found.covered, found.share], [shared, covered, covered ? shared / covered : 0], 1e-12, where);
    }
  }
});

test("a box that is moved keeps its size and stays on the sheet", () => {
  for (const { box, pull, moved: expected } of moves) close(moved(box, ...pull, WIDTH, HEIGHT), expected, 1e-12);
});

test("a box pulled by its edges keeps the others, a least size, and the sheet", () => {
  for (const { box, edges, pull, resized: expected } of moves) {
    const before = [...box];
    close(resized(box, edges, ...pull, WIDTH, HEIGHT, LEAST), expected, 1e-12, `edges ${edges}`);
    assert.deepEqual(box, before);
  }
});
