// What the view says about its two nets, in words.
import { show } from "../page/numbers.js";

const SIMILAR = 1.1; // a factor per layer up to this, or from one part of it, about keeps the gradient,
const TOTAL = 4; // unless all layers together make it this many times as large or as small
const NEAR_HE = 0.051;

/** The largest difference between output and input. */
export const largestChange = ({ input, output }) =>
  input.reduce((most, value, i) => Math.max(most, Math.abs(output[i] - value)), 0);

/** Norms, each divided by that at the last layer (0 if that is 0). */
export const asShares = (norms) => norms.map((norm) => norm / (norms[norms.length - 1] || 1));

/** What a layer multiplies the gradient by, on average, and whether that "shrinks", "keeps" or "grows". */
export function fateOf(shares) {
  const factor = shares[0] ** (1 / (shares.length - 1));
  const within = (value, limit) => value <= limit && value >= 1 / limit;
  if (within(factor, SIMILAR) && within(shares[0], TOTAL)) return [factor, "keeps"];
  return [factor, factor < 1 ? "shrinks" : "grows"];
}

/** Why the gradient fares as it does; the same words as in words.py. */
export function reason({ bend, scale }, plain, residual) {
  if (scale === 0) {
    const kept =
      largestChange(residual) === 0 ? "its output equals its input, exactly" : `${bend} still bends what comes by`;
    return `All weights are 0. The plain net forgets its input; in the residual net everything goes by the ` +
      `shortcuts: ${kept}.`;
  }
  const [left, kept] = [plain, residual].map(({ norms }) => asShares(norms));
  const [factor, fate] = fateOf(left);
  const average = `${show(factor, 3)} a layer on average`;
  const start = `On its way down, the plain net multiplies the gradient by about ${average}: `;
  const he =
    bend === "ReLU" && Math.abs(scale - 1) < NEAR_HE
      ? " He chose 1 x for ReLU, so that on average the gradient neither shrinks nor grows; in layers of only 20 " +
        "units, chance adds its part."
      : "";
  if (bend === "sigmoid")
    return `${start}it shrinks. The slope of the sigmoid is 0.25 at most. Shortcuts halve how often it takes its ` +
      "part, since g comes after the sum.";
  if (fate === "shrinks") {
    const past =
      left.length === 2
        ? "With two layers, the only shortcut leads to the input, past both."
        : "A shortcut carries it past two layers at a time, without their weights.";
    return `${start}it shrinks. ${past}${he}`;
  }
  const grows = fateOf(kept)[1] === "grows";
  if (fate === "grows") return `${start}it grows.${grows ? " Shortcuts do not prevent that." : ""}${he}`;
  const more = grows ? " The residual net's grows; in practice, batch normalisation keeps it in bounds." : "";
  return `${start}it is about kept.${he}${more}`;
}

/** The result at one layer of nets {name, values}; the same words as in words.py. */
export function heard(nets, layer) {
  const parts = nets
    .filter(({ values }) => values.length >= layer)
    .map(({ name, values }) => {
      const silent = values[values.length - 1] > 0 ? "" : " (as at every layer)";
      return `${name} ${show(values[layer - 1], 2)}${silent}`;
    });
  return `Gradient at layer ${layer}, as part of that at the last layer: ${parts.join("; ")}.`;
}
