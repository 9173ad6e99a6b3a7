import assert from "node:assert/strict";
import { test } from "node:test";
import { grasped, moved, overlap, resized } from "../../../../helpers/widgets/page/boxes.js";
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

test("a pointer takes hold of the smallest box around it that is not fixed", () => {
  for (const { boxes, fixed, point, index } of numpys.grasped.points) {
    const found = grasped(boxes.map((box, i) => ({ box, fixed: fixed[i] })), point, 1e-9, 0);
    assert.equal(found ? found.index : -1, index, JSON.stringify({ boxes, point }));
    assert.equal(found && found.edges, index < 0 ? null : undefined);
  }
});

test("a corner goes before a box, and the chosen box's corner before all others", () => {
  const boxes = [[0, 0, 10, 10], [8, 8, 12, 12], [9, 9, 30, 30]].map((box) => ({ box }));
  assert.deepEqual(grasped(boxes, [10.2, 10.2], 0.5, 0), { index: 0, edges: [2, 3] });
  assert.deepEqual(grasped(boxes, [8.1, 8.1], 0.5, 0), { index: 1, edges: [0, 1] });
  const nested = [[0, 0, 10, 10], [0, 0, 4, 4]].map((box) => ({ box }));
  for (const chosen of [0, 1]) assert.deepEqual(grasped(nested, [0.1, 0.1], 0.5, chosen), { index: chosen, edges: [0, 1] });
  assert.equal(grasped(boxes, [40, 40], 0.5, 0), null);
});
