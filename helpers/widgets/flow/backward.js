// The backward pass of convolution and pooling, asked from the other end: which outputs follow this input, and how far?
import { fitting } from "../page/convolution.js";

/** How many windows there are along each axis: [n_H, n_W]. */
export const outputsOf = ({ inputs, f, stride }) =>
  [inputs.length, inputs[0].length].map((n) => fitting(n, f, 0, stride));

/** Whether an output of max pooling follows when this input is raised: nothing else in its window is larger. */
function leads(inputs, f, top, left, value) {
  return !inputs.slice(top, top + f).some((row) => row.slice(left, left + f).some((other) => other > value));
}

/** The window positions that hold place `at` along an axis. */
function holding(at, f, stride, count) {
  const found = [];
  for (let n = Math.floor(at / stride); n >= 0 && at - n * stride < f; n--) if (n < count) found.unshift(n);
  return found;
}

/**
 * The outputs whose window holds an input cell, and how far each follows it.
 *
 * @param {{kind: string, inputs: number[][], f: number, stride: number, kernel?: number[][]}} layer kind is
 *   "convolution", "max" or "average"; inputs have their border already.
 * @returns {{h: number, w: number, i: number, j: number, share: number}[]} output cell, place in its window,
 *   derivative.
 */
export function followers(layer, y, x) {
  const { kind, inputs, f, stride, kernel } = layer;
  const [n_H, n_W] = outputsOf(layer);
  return holding(y, f, stride, n_H).flatMap((h) =>
    holding(x, f, stride, n_W).map((w) => {
      const [i, j] = [y - h * stride, x - w * stride];
      if (kind === "convolution") return { h, w, i, j, share: kernel[i][j] };
      if (kind === "average") return { h, w, i, j, share: 1 / (f * f) };
      return { h, w, i, j, share: Number(leads(inputs, f, y - i, x - j, inputs[y][x])) };
    }),
  );
}

/** The gradient of every input, from the gradient `arriving` at the outputs, n_H rows of n_W numbers. */
export const gathered = (layer, arriving) =>
  layer.inputs.map((row, y) =>
    row.map((_, x) => followers(layer, y, x).reduce((sum, { h, w, share }) => sum + share * arriving[h][w], 0)),
  );
