import assert from "node:assert/strict";
import { test } from "node:test";
import { pulled, slotsOf } from "../../../../helpers/widgets/anchors/slots.js";
import { close, numpys } from "./from_numpy.js";

const { pictures } = numpys.slots;

test("each object gets the cell of its midpoint and the anchor that it overlaps best", () => {
  for (const { grid, boxes, anchors, shares, places } of pictures) {
    const found = slotsOf(boxes, anchors, grid);
    close(found.map((one) => one.shares), shares, 1e-9, `${grid} cells`);
    close(found.map(({ row, column, anchor }) => [row, column, anchor]), places, 0, `${grid} cells`);
  }
});

test("the rivals of an object are the others with its place", () => {
  for (const { grid, boxes, anchors, places } of pictures) {
    slotsOf(boxes, anchors, grid).forEach(({ rivals }, i) => {
      const same = places.flatMap((place, j) => (j !== i && String(place) === String(places[i]) ? [j] : []));
      assert.deepEqual(rivals, same);
    });
  }
});

test("a step moves each anchor to the mean of the shapes that it overlaps best", () => {
  for (const { boxes, anchors, moved, mean, places } of pictures) {
    const step = pulled(boxes.map(([x1, y1, x2, y2]) => [x2 - x1, y2 - y1]), anchors);
    close(step.moved, moved);
    close(step.mean, mean);
    close(step.nearest, places.map((place) => place[2]), 0);
    assert.equal(step.counts.reduce((a, b) => a + b), boxes.length);
  }
});
