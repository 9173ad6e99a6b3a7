import assert from "node:assert/strict";
import { test } from "node:test";
import { bells, uniform } from "../../../../helpers/widgets/depth/randomness.js";
import { numpys } from "./from_numpy.js";

test("random numbers are Python's to the bit", () => {
  for (const [seed, flat, curved] of numpys.randomness.drawn) {
    assert.deepEqual(Array.from(flat, (_, at) => uniform(seed, at)), flat);
    assert.deepEqual([...bells(seed, curved.length)], curved);
  }
});
