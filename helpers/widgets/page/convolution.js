// Convolutions (without a flip) of one channel, found with shifted copies of the whole picture.

/** How many windows of side f fit on a side of n with this padding and stride: the floor drops what hangs over. */
export const fitting = (n, f, pad, stride) => Math.max(0, Math.floor((n + 2 * pad - f) / stride) + 1);

/** Rows of numbers, each made by value(row, column). */
export const filled = (rows, columns, value) =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => value(r, c)));

/** A sheet of numbers with a border of zeros. */
export const bordered = (rows, pad) =>
  filled(rows.length + 2 * pad, rows[0].length + 2 * pad, (y, x) => (rows[y - pad] || [])[x - pad] ?? 0);

/**
 * Cross-correlation without padding.
 *
 * @param {ArrayLike<number>} values height x width, row by row.
 * @param {number[][]} kernel f rows of f numbers.
 * @param {Float64Array} out (height - f + 1) x (width - f + 1).
 */
export function correlate(values, width, height, kernel, out) {
  const f = kernel.length;
  const [rows, columns] = [height - f + 1, width - f + 1];
  out.fill(0);
  for (let i = 0; i < f; i++) {
    for (let j = 0; j < f; j++) {
      const weight = kernel[i][j];
      if (!weight) continue;
      for (let row = 0; row < rows; row++) {
        const from = (row + i) * width + j;
        const to = row * columns;
        for (let column = 0; column < columns; column++) out[to + column] += weight * values[from + column];
      }
    }
  }
  return out;
}

/** A square part of a picture, as rows. */
export function cut(values, width, row, column, f) {
  return filled(f, f, (i, j) => values[(row + i) * width + column + j]);
}

/** [column, row] whose product, column times row, is the kernel; null if no two vectors give it. */
export function factors(kernel) {
  const flat = kernel.flat();
  const f = kernel.length;
  const largest = flat.reduce((best, value, at) => (Math.abs(value) > Math.abs(flat[best]) ? at : best), 0);
  const pivot = flat[largest];
  if (!pivot) return [kernel.map(() => 0), kernel.map(() => 0)];
  const row = kernel[Math.floor(largest / f)];
  const column = kernel.map((line) => line[largest % f] / pivot);
  const fits = kernel.every((line, i) =>
    line.every((value, j) => Math.abs(value - column[i] * row[j]) < 1e-9 * Math.abs(pivot)),
  );
  return fits ? [column, row] : null;
}
