// What a window makes where it stops.
import { filled } from "../page/convolution.js";

/** The filter that a size begins with where none was given: bright on the left, dark on the right. */
export const edgeOf = (f) => filled(f, f, (_, j) => (j === 0 ? 1 : j === f - 1 ? -1 : 0));

/** Products of the window at [row, column] of the output, for each channel f rows of f numbers, and their sum. */
export function stopAt(padded, kernel, stride, [row, column]) {
  const f = kernel[0].length;
  const products = padded.map((rows, channel) =>
    filled(f, f, (i, j) => rows[row * stride + i][column * stride + j] * kernel[channel][i][j] + 0),
  );
  return { products, sum: products.flat(2).reduce((a, b) => a + b, 0) };
}
