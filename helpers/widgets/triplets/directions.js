// Points of a drawing, [right, down], and the directions between them.

/** A direction of length 1; no direction stays none. */
export const unit = ([x, y]) => [x / (Math.hypot(x, y) || 1), y / (Math.hypot(x, y) || 1)];

/** The way from one point to another. */
export const shift = ([x, y], [right, down]) => [right - x, down - y];

/** Halfway between two points. */
export const middle = ([x, y], [right, down]) => [(x + right) / 2, (y + down) / 2];

/** The direction across the way from `here` to `there`, away from `other`. */
export function aside(here, there, other) {
  const [x, y] = unit(shift(here, there));
  const [right, down] = shift(here, other);
  return y * right - x * down > 0 ? [-y, x] : [y, -x];
}

/** An arrow as the path of an SVG; nothing where it would be shorter than its head. */
export function arrowPath(from, to) {
  if (Math.hypot(...shift(from, to)) < 4) return "";
  const [x, y] = unit(shift(from, to));
  const barb = (side) => `${to[0] - 8 * x + side * 5 * y},${to[1] - 8 * y - side * 5 * x}`;
  return `M${from}L${to}M${barb(1)}L${to}L${barb(-1)}`;
}
