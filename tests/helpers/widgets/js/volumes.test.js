import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "../../../../helpers/widgets/page/numbers.js";
import { fieldOf, passed, resultOf, shapeOf, sharesOf } from "../../../../helpers/widgets/architecture/volumes.js";
import { close, numpys } from "./from_numpy.js";

const { stacks } = numpys.volumes;

test("shapes, counts and what a cell sees are Python's, and what does not fit is said in the same words", () => {
  for (const { shape, layers, lines } of stacks) {
    const told = passed(layers, shape).map((one) => {
      if (!one) return ["", "", "", "", "", ""];
      if (one.problem) return ["", "", "", one.problem, "", ""];
      const reach = [fieldOf(one), one.flat ? "" : grouped(one.jump)];
      return [shapeOf(one), grouped(one.owned), grouped(one.made), "", ...reach];
    });
    const keys = ["output", "parameters", "multiplications", "problem", "sees", "jump"];
    assert.deepEqual(told, lines.map((line) => keys.map((key) => line[key])), JSON.stringify(layers));
  }
});

test("each layer's part of the whole is Python's, and the sentence too", () => {
  for (const { shape, layers, lines, result } of stacks) {
    const told = passed(layers, shape);
    close(sharesOf(told), lines.map((line) => line.shares), 1e-12);
    assert.equal(resultOf(layers, told), result);
  }
});
