// Two deep nets with the same weights, one plain and one with shortcuts: forward, and the gradient back.
import { bells, uniform } from "./randomness.js";

export const WIDTH = 20;
export const BATCH = 16;

// g, and g' from z and a = g(z)
const BENDS = {
  ReLU: [(z) => (z > 0 ? z : 0), (z) => (z > 0 ? 1 : 0)],
  tanh: [Math.tanh, (z, a) => 1 - a * a],
  sigmoid: [(z) => 1 / (1 + Math.exp(-z)), (z, a) => a * (1 - a)],
};

let [drawnSeed, drawnWeights] = [-1, []];
/** He's weights of a seed for up to `depth` layers, (WIDTH, WIDTH) each; a deeper net begins like a shallow one. */
function weightsOf(seed, depth) {
  if (seed !== drawnSeed) [drawnSeed, drawnWeights] = [seed, []];
  while (drawnWeights.length < depth) {
    const one = bells(seed + 1000 * (drawnWeights.length + 3), WIDTH * WIDTH);
    drawnWeights.push(one.map((value) => value * Math.sqrt(2 / WIDTH)));
  }
  return drawnWeights;
}

/** out += w a, or wᵀ a if `turned`. */
function multiply(w, a, scale, out, turned) {
  for (let i = 0; i < WIDTH; i++) {
    for (let k = 0; k < WIDTH; k++) {
      const factor = scale * (turned ? w[k * WIDTH + i] : w[i * WIDTH + k]);
      for (let m = 0; m < BATCH; m++) out[i * BATCH + m] += factor * a[k * BATCH + m];
    }
  }
  return out;
}

const entries = (seed) => Float64Array.from({ length: WIDTH * BATCH }, (_, i) => uniform(seed, i));

/**
 * One net: a[l] = g(z[l]), and with shortcuts a[l+2] = g(z[l+2] + a[l]) after every second layer.
 *
 * @param {{depth: number, bend: string, scale: number, seed: number, shortcuts: boolean}} options
 * @returns {{norms: number[], input: Float64Array, output: Float64Array}} the norm of dJ/dz at layers 1 to depth, for
 *   J = the squared distance from random targets, halved, mean over the batch.
 */
export function deepNet({ depth, bend, scale, seed, shortcuts }) {
  const [g, slope] = BENDS[bend];
  const weights = weightsOf(seed, depth);
  const target = entries(seed + 2000);
  const [sums, outs] = [[null], [entries(seed + 1000)]];
  const joins = (l) => shortcuts && l % 2 === 0;
  for (let l = 1; l <= depth; l++) {
    sums[l] = multiply(
      weights[l - 1],
      outs[l - 1],
      scale,
      joins(l) ? Float64Array.from(outs[l - 2]) : new Float64Array(WIDTH * BATCH),
      false,
    );
    outs[l] = sums[l].map(g);
  }
  const back = outs.map(() => new Float64Array(WIDTH * BATCH));
  back[depth] = outs[depth].map((value, i) => (value - target[i]) / BATCH);
  const norms = [];
  for (let l = depth; l > 0; l--) {
    const arriving = back[l].map((value, i) => value * slope(sums[l][i], outs[l][i]));
    norms.unshift(Math.hypot(...arriving));
    multiply(weights[l - 1], arriving, scale, back[l - 1], true);
    if (joins(l)) arriving.forEach((value, i) => (back[l - 2][i] += value));
  }
  return { norms, input: outs[0], output: outs[depth] };
}
