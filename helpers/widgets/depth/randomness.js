// Random numbers that are the same everywhere, from a seed.

const STRIDE = 0x6d2b79f5;

/** Mulberry32 (T. Ettinger, public domain): number `at` of a seed's row, 0 <= u < 1; as `uniform` in nets.py. */
export function uniform(seed, at) {
  const a = (seed + Math.imul(at + 1, STRIDE)) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** `count` numbers around 0 with variance 1, each the sum of four of the row: nearly normal, the same to the bit. */
export function bells(seed, count) {
  return Float64Array.from({ length: count }, (_, i) => {
    const sum = uniform(seed, 4 * i) + uniform(seed, 4 * i + 1) + uniform(seed, 4 * i + 2) + uniform(seed, 4 * i + 3);
    return (sum - 2) * Math.sqrt(3);
  });
}
