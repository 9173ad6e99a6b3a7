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

/** What the columns and bars of the table mean. */
export const LEGEND =
  "sees: the receptive field, how many input pixels each way a number depends on, from the first to the last " +
  "(counted beyond the border); all: every pixel. jump: input pixels from one number to the next. Bars: part of all " +
  "parameters and multiplications.";

const counted = (count, noun) => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

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
  const around = border ? ` with ${counted(border, "zero")} on each side` : "";
  return `a window of ${layer.f} x ${layer.f} does not fit into ${sides.join(" x ")}${around}: take a smaller one, ` +
    `or p "same"`;
}

const STRIDES = {
  same: (n, { stride }) => Math.ceil(n / stride),
  valid: (n, { f, stride }) => Math.floor((n - f) / stride) + 1,
};

const slid = (n, layer) =>
  layer.pad in STRIDES ? STRIDES[layer.pad](n, layer) : STRIDES.valid(n + 2 * layer.pad, layer);

/** Zeros that are put before the first of n entries. */
function before(n, { f, stride, pad }) {
  if (pad !== "same") return pad === "valid" ? 0 : pad;
  return Math.floor(Math.max(0, (Math.ceil(n / stride) - 1) * stride + f - n) / 2);
}

/** Per side: the pixels from the first that any number of a volume depends on to the last. */
const together = ({ grid, fields, jump }) => fields.map((field, i) => field + (grid[i] - 1) * jump);

/** Whether all windows together, followed back, take in every pixel along a side. */
function covered({ windows }, side) {
  let taken = null; // all of them
  for (const { layer, met } of [...windows].reverse()) {
    const n = met[side];
    const first = before(n, layer);
    const inside = new Uint8Array(n);
    for (let start = 0, cell = 0; cell < slid(n, layer); cell++, start += layer.stride) {
      if (taken && !taken[cell]) continue;
      inside.fill(1, Math.max(0, start - first), Math.max(0, start - first + layer.f));
    }
    taken = inside;
  }
  return !taken || taken.every(Boolean);
}

/**
 * One layer further; `here` is {sides, grid, depth, flat, fields, jump, windows, all}, and gains owned and made, two
 * counts. grid: rows and columns of places, also those of a list that was flattened. fields: how many pixels a number
 * sees, per side. windows: those that were slid, each with the sides it met. all: whether a number sees every pixel.
 */
function further(here, layer) {
  const next = { ...here, owned: 0, made: 0 };
  if (slides(layer)) {
    next.sides = here.sides.map((n) => slid(n, layer));
    next.fields = here.fields.map((field) => field + (layer.f - 1) * here.jump);
    next.jump = here.jump * layer.stride;
    next.windows = [...here.windows, { layer, met: here.sides }];
  }
  if (slides(layer)) next.grid = next.sides;
  else if (layer.kind !== "flatten") Object.assign(next, { fields: together(here), grid: [1, 1] });
  next.all = here.all || (layer.kind === "dense" && [0, 1].every((side) => covered(here, side)));
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
 * @returns {Array} one entry a layer: {sides, depth, flat, fields, jump, owned, made ...}, {problem}, or null if it is
 *   not reached.
 */
export function passed(layers, [rows, columns, depth]) {
  const sides = [rows, columns];
  let here = { sides, grid: sides, depth, flat: false, fields: [1, 1], jump: 1, windows: [], all: false };
  return layers.map((layer) => {
    if (!here) return null;
    const problem = obstacle(layer, here);
    here = problem ? null : further(here, layer);
    return here || { problem };
  });
}

/** "28 x 28 x 6", or "400" for a list of numbers. */
export const shapeOf = ({ sides, depth, flat }) => (flat ? [depth] : [...sides, depth]).map(grouped).join(" x ");

/** How many input pixels each way a number of a layer depends on: "16", "40 x 30" or "all". */
export const fieldOf = ({ fields, all }) => (all ? "all" : [...new Set(fields)].map(grouped).join(" x "));

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
  return `${start}${counted(sums[0], "parameter")}, and ${counted(sums[1], "multiplication")} for one ` +
    `picture.${parts.join("")}`;
}
