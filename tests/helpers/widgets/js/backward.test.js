import assert from "node:assert/strict";
import { test } from "node:test";
import { followers, gathered, outputsOf } from "../../../../helpers/widgets/flow/backward.js";
import { bordered } from "../../../../helpers/widgets/page/convolution.js";
import { close, numpys } from "./from_numpy.js";

const { layers, padded } = numpys.backward;

test("every input receives what NumPy measures when it is raised a little", () => {
  for (const [layer, arriving, gradient] of layers) {
    const { kind, f, stride } = layer;
    const where = `${kind} f=${f} stride=${stride}`;
    assert.deepEqual(outputsOf(layer), [arriving.length, arriving[0].length], where);
    close(gathered(layer, arriving), gradient, 1e-12, where);
  }
});

test("the followers of an input are the windows that hold it, at the place where they hold it", () => {
  for (const [layer, arriving] of layers) {
    const counts = layer.inputs.map((row) => row.map(() => 0));
    layer.inputs.forEach((row, y) =>
      row.forEach((_, x) => {
        for (const { h, w, i, j } of followers(layer, y, x)) {
          assert.deepEqual([h * layer.stride + i, w * layer.stride + j], [y, x]);
          assert.ok(i >= 0 && j >= 0 && i < layer.f && j < layer.f);
          counts[y][x] += 1;
        }
      }),
    );
    const all = counts.flat().reduce((sum, count) => sum + count, 0);
    assert.equal(all, arriving.flat().length * layer.f ** 2, "every window holds f times f inputs");
  }
});

test("a border of zeros is NumPy's", () => {
  for (const [rows, pad, expected] of padded) assert.deepEqual(bordered(rows, pad), expected);
});
