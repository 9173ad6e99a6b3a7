// Numbers as people read and write them.

/** A number with at most `digits` significant digits, a whole one in full; "NaN" and "∞" stay visible. */
export function show(value, digits = 4) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value + 0);
  const short = Number(value.toPrecision(digits));
  return short !== 0 && (Math.abs(short) >= 1e6 || Math.abs(short) < 1e-4) ? short.toExponential() : String(short + 0);
}

/** Thousands apart: 61,706. */
export const grouped = (value) => Math.round(value).toLocaleString("en-US");

/** The number that someone typed, also "1/9" and "0,5"; NaN if it is none. */
export function read(text) {
  const match = /^\s*([+-]?[\d.,]+(?:e[+-]?\d+)?)\s*(?:\/\s*([+-]?[\d.,]+))?\s*$/i.exec(text);
  if (!match) return NaN;
  const [above, below] = [match[1], match[2] || "1"].map((part) => Number(part.replace(",", ".")));
  const value = above / below;
  return Number.isFinite(value) ? value : NaN;
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** The largest absolute value of a list, at least a trifle, so that one may divide by it. */
export function limitOf(values) {
  let limit = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > limit && size < Infinity) limit = size;
  }
  return limit || 1;
}
