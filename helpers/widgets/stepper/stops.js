// Where a window stops on an input with a border of zeros, and what it makes there.
import { cut } from "../page/convolution.js";

/** Rows with a border of zeros. */
export function bordered(rows, pad) {
  const wide = rows[0].length + 2 * pad;
  const zeros = () => Array.from({ length: pad }, () => new Array(wide).fill(0));
  const side = new Array(pad).fill(0);
  return [...zeros(), ...rows.map((row) => [...side, ...row, ...side]), ...zeros()];
}

/** The filter that a size begins with where none was given: bright on the left, dark on the right. */
export const edgeOf = (f) =>
  Array.from({ length: f }, () => Array.from({ length: f }, (_, j) => (j === 0 ? 1 : j === f - 1 ? -1 : 0)));

/** Products of the window at [row, column] of the output, for each channel f rows of f numbers, and their sum. */
export function stopAt(padded, kernel, stride, [row, column]) {
  const f = kernel[0].length;
  const products = padded.map((rows, channel) =>
    cut(rows.flat(), rows[0].length, row * stride, column * stride, f).map((line, i) =>
      line.map((value, j) => value * kernel[channel][i][j] + 0),
    ),
  );
  return { products, sum: products.flat(2).reduce((a, b) => a + b, 0) };
}
