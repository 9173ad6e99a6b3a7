import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowPath, aside, middle, shift, unit } from "../../../../helpers/widgets/triplets/directions.js";
import { close, numpys } from "./from_numpy.js";

const { points, way, middle: middles, unit: units, aside: sides } = numpys.directions;

test("ways, middles and directions are NumPy's", () => {
  points.forEach(([one, other], i) => {
    close(shift(one, other), way[i], 1e-12);
    close(middle(one, other), middles[i], 1e-12);
    close(unit(way[i]), units[i], 1e-12);
  });
  assert.deepEqual(unit([0, 0]), [0, 0]);
});

test("aside is across the way, and away from the third point", () => {
  points.forEach(([here, there, other], i) => close(aside(here, there, other), sides[i], 1e-9));
});

test("an arrow shorter than its head is not drawn", () => {
  assert.equal(arrowPath([0, 0], [3, 0]), "");
  assert.equal(arrowPath([0, 0], [20, 0]), "M0,0L20,0M12,-5L20,0L12,5");
});
