// A picture on its way through a stack of layers: one walk, which keeps the geometry as it goes.
import { grouped } from "../page/numbers.js";

/** Kinds of layers by the short names that a state uses. */
export const LAYER_KINDS = {
  conv: "conv",
  max: "max pool",
  average: "average pool",
  flatten: "flatten",
  dense: "dense",
  global: "global average pool",
};

/** Whether a layer slides a window: a convolution or a pooling layer. */
export const slides = (layer) => "f" in layer;

/** Why a layer cannot follow, in words, or ""; the same words as in counted.py. */
function obstacle(layer, { sides, flat }) {
  if (flat && (slides(layer) || layer.kind === "global")) {
    return "it needs rows and columns, and only a list of numbers arrives: move it up, above flatten";
  }
  if (!flat && layer.kind === "dense")
    return "it needs a list of numbers: put flatten or global average pool before it";
  if (!slides(layer) || layer.pad === "same") return "";
  const border = layer.pad === "valid" ? 0 : layer.pad;
  if (Math.min(...sides) + 2 * border >= layer.f) return "";
  const around = border ? ` with ${border} zeros around it` : "";
  return `a window of ${layer.f} x ${layer.f} does not fit into ${sides.join(" x ")}${around}: take a smaller one, ` +
    `or p "same"`;
}

const STRIDES = {
  same: (n, { stride }) => Math.ceil(n / stride),
  valid: (n, { f, stride }) => Math.floor((n - f) / stride) + 1,
};

/** One layer further; `here` is {sides, depth, flat, field, jump}, and gains owned and made, the two counts. */
function further(here, layer) {
  const next = { ...here, owned: 0, made: 0 };
  if (slides(layer)) {
    next.sides = here.sides.map((n) =>
      layer.pad in STRIDES ? STRIDES[layer.pad](n, layer) : STRIDES.valid(n + 2 * layer.pad, layer),
    );
    next.field = here.field + (layer.f - 1) * here.jump;
    next.jump = here.jump * layer.stride;
  }
  if (layer.kind === "flatten") next.depth = here.sides[0] * here.sides[1] * here.depth;
  if (layer.kind === "flatten" || layer.kind === "global") Object.assign(next, { sides: [1, 1], flat: true });
  if (layer.n) {
    const weights = (layer.f || 1) ** 2 * here.depth * layer.n;
    next.depth = layer.n;
    next.owned = weights + layer.n;
    next.made = weights * next.sides[0] * next.sides[1];
  }
  return next;
}

/**
 * Every layer of a stack on an input (n_H, n_W, n_C).
 *
 * @returns {Array} one entry a layer: {sides, depth, flat, field, jump, owned, made}, {problem}, or null if it is not
 *   reached.
 */
export function passed(layers, [rows, columns, depth]) {
  let here = { sides: [rows, columns], depth, flat: false, field: 1, jump: 1 };
  return layers.map((layer) => {
    if (!here) return null;
    const problem = obstacle(layer, here);
    here = problem ? null : further(here, layer);
    return here || { problem };
  });
}

/** "28 x 28 x 6", or "400" for a list of numbers. */
export const shapeOf = ({ sides, depth, flat }) => (flat ? String(depth) : [...sides, depth].join(" x "));

/** A share from 0 to 1 as people read it: 96 %, and 99.6 % rather than 100 %. */
export function percent(share) {
  const finer = (share > 0 && share < 0.01) || (share > 0.99 && share < 1) ? 10 : 1;
  return `${Math.floor(100 * share * finer + 0.5) / finer}\u00a0%`;
}

/** [owned, made] of each layer, as parts of all. */
export function sharesOf(told) {
  const [owned, made] = ["owned", "made"].map((key) => told.map((one) => (one && one[key]) || 0));
  const parts = (counts) => counts.map((count) => count / (counts.reduce((a, b) => a + b, 0) || 1));
  const [first, second] = [parts(owned), parts(made)];
  return first.map((share, i) => [share, second[i]]);
}

/** The sentence under the table; the same words as in stack_words.py. */
export function resultOf(layers, told) {
  const wrong = told.findIndex((one) => one && one.problem);
  const sums = ["owned", "made"].map((key) => told.reduce((sum, one) => sum + ((one && one[key]) || 0), 0));
  const shares = sharesOf(told);
  const start = wrong < 0 ? "" : `Layer ${wrong + 1} does not fit. Up to there: `;
  const parts = [
    ["hold", "parameters"],
    ["take", "multiplications"],
  ].map(([verb, noun], which) => {
    if (!sums[which]) return "";
    const inDense = shares.reduce((sum, pair, i) => sum + (layers[i].kind === "dense" ? pair[which] : 0), 0);
    const [kind, share] = inDense >= 0.5 ? ["Dense layers", inDense] : ["Convolutions", 1 - inDense];
    const most = shares.reduce((best, pair, i) => (pair[which] > shares[best][which] ? i : best), 0);
    const part = shares[most][which];
    const one =
      part > share - 1e-9 ? "" : `, layer ${most + 1} (${LAYER_KINDS[layers[most].kind]}) alone ${percent(part)}`;
    return ` ${kind} ${verb} ${percent(share)} of the ${noun}${one}.`;
  });
  return `${start}${grouped(sums[0])} parameters, and ${grouped(sums[1])} multiplications for one ` +
    `picture.${parts.join("")}`;
}
