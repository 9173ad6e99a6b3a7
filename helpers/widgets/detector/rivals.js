// Who strikes out whom among a detector's candidates: pairs are compared once, thresholds then only read them.

// Whether a share is too small for a threshold; the difference is rounded to 12 digits, as in helpers.overlap.
const below = (share, threshold) => Math.round((share - threshold) * 1e12) < 0;

/** Indices by score, the strongest first; of equals the earlier one. */
export const byStrength = (scores) => scores.map((_, i) => i).sort((i, j) => scores[j] - scores[i] || i - j);

/**
 * For each candidate the stronger ones of its class that share at least `least` with it.
 *
 * Two spans have in common what their lengths have more than the whole stretch that both lie on.
 *
 * @param {number[][]} boxes [x1, y1, x2, y2], the strongest first.
 * @param {number[]} classes
 * @param {number} least
 * @returns {{starts: Uint32Array, stronger: number[], shares: number[]}} the rivals of candidate i are entries
 *   starts[i] to starts[i + 1] of stronger and shares, the strongest first.
 */
export function rivalsOf(boxes, classes, least) {
  const count = boxes.length;
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((edge) => Float64Array.from(boxes, (box) => box[edge]));
  const size = Float64Array.from(boxes, (_, i) => (x2[i] - x1[i]) * (y2[i] - y1[i]));
  const starts = new Uint32Array(count + 1);
  const [stronger, shares] = [[], []];
  for (let i = 0; i < count; i++) {
    const [wide, tall] = [x2[i] - x1[i], y2[i] - y1[i]];
    for (let j = 0; j < i; j++) {
      if (classes[j] !== classes[i]) continue;
      const across = wide + x2[j] - x1[j] - (Math.max(x2[i], x2[j]) - Math.min(x1[i], x1[j]));
      if (across <= 0) continue;
      const down = tall + y2[j] - y1[j] - (Math.max(y2[i], y2[j]) - Math.min(y1[i], y1[j]));
      if (down <= 0) continue;
      const share = (across * down) / (size[i] + size[j] - across * down);
      if (below(share, least)) continue;
      stronger.push(j);
      shares.push(share);
    }
    starts[i + 1] = stronger.length;
  }
  return { starts, stronger, shares };
}

/**
 * Who strikes out each candidate at a threshold. Only stronger ones can, so a score threshold changes nothing of it.
 *
 * @returns {{by: Int32Array, share: Float64Array}} by: the strongest one left that shares enough, -1 for those left.
 */
export function strikers({ starts, stronger, shares }, threshold) {
  const by = new Int32Array(starts.length - 1).fill(-1);
  const share = new Float64Array(by.length);
  for (let i = 0; i < by.length; i++) {
    for (let pair = starts[i]; pair < starts[i + 1]; pair++) {
      if (below(shares[pair], threshold) || by[stronger[pair]] >= 0) continue;
      [by[i], share[i]] = [stronger[pair], shares[pair]];
      break;
    }
  }
  return { by, share };
}

/** How many of a list that falls are above a value. */
export function countAbove(falling, value) {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle] > value) low = middle + 1;
    else high = middle;
  }
  return low;
}
