import assert from "node:assert/strict";
import { test } from "node:test";
import { pulling, squared, stepped } from "../../../../helpers/widgets/triplets/pulling.js";
import { close, numpys } from "./from_numpy.js";

const { margin, triplets } = numpys.pulling;

test("distances, costs and kinds are NumPy's", () => {
  for (const { corners, near, far, costs, kinds } of triplets) {
    const seen = pulling(corners, margin);
    close([seen.near, seen.far, seen.costs], [near, far, costs], 1e-12);
    assert.deepEqual(seen.kinds, kinds);
    close(squared(corners[0], corners[1]), near, 1e-12);
  }
});

test("points move against the gradient that NumPy measures", () => {
  for (const { corners, moves } of triplets) {
    const seen = pulling(corners, margin);
    close(seen.moves, moves, 1e-7);
    const after = pulling(stepped(corners, seen.moves, 1e-4), margin).costs;
    const total = (costs) => costs.reduce((sum, cost) => sum + cost, 0);
    assert.ok(total(after) <= total(seen.costs), "a small step never costs more");
  }
});

test("where all points lie on one place nothing moves, and the margin is left", () => {
  const seen = pulling([[2, 3], [2, 3], [2, 3]], 0.2);
  assert.deepEqual(seen.costs, [0.2]);
  assert.ok(seen.moves.flat().every((part) => part === 0));
});
