import assert from "node:assert/strict";
import { test } from "node:test";
import { correlate, cut, factors, fitting } from "../../../../helpers/widgets/page/convolution.js";
import { close, numpys } from "./from_numpy.js";

const { pictures, values, cuts, sizes, kernels } = numpys.convolution;

test("the output has as many cells as windows fit", () => {
  for (const [n, f, pad, stride, expected] of sizes) {
    assert.equal(fitting(n, f, pad, stride), expected, `n=${n} f=${f} pad=${pad} stride=${stride}`);
  }
});

test("pictures of any shape give NumPy's numbers, whatever stood there before", () => {
  for (const { values: picture, kernel, output } of pictures) {
    const [rows, columns] = [output.length, output[0].length];
    const out = new Float64Array(rows * columns).fill(7);
    assert.equal(correlate(picture.flat(), picture[0].length, picture.length, kernel, out), out);
    close([...out], output.flat(), 1e-12, `${rows} x ${columns}`);
  }
});

test("a part cut out is NumPy's slice", () => {
  for (const [row, column, f, expected] of cuts) {
    assert.deepEqual(cut(values.flat(), values[0].length, row, column, f), expected);
  }
});

test("a kernel is a column times a row exactly if its rank is one", () => {
  kernels.forEach(([kernel, separable], i) => {
    const found = factors(kernel);
    assert.equal(found !== null, separable, `kernel ${i}: ${JSON.stringify(kernel)}`);
    if (found) close(found[0].map((above) => found[1].map((beside) => above * beside)), kernel, 1e-9, `kernel ${i}`);
  });
});
