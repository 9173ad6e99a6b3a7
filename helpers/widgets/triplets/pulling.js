// What triplets in the plane cost, and where minus the gradient pulls their points.

const minus = (one, other) => one.map((part, axis) => part - other[axis]);
const along = (one, other) => one.reduce((sum, part, axis) => sum + part * other[axis], 0);

/** The squared distance of two points. */
export const squared = (one, other) => Math.hypot(...minus(one, other)) ** 2;

/**
 * Every negative N with the same anchor A and positive P. How much nearer N lies than P is twice the way from A to the
 * middle between N and P, along P - N.
 *
 * @param {number[][]} corners A, P and every N.
 * @returns {{near: number, far: number[], costs: number[], kinds: string[], moves: number[][]}} squared distances,
 *   costs, "easy", "semi-hard" or "hard" for each N, and minus the gradient of the sum of the costs for each corner.
 */
export function pulling(corners, margin) {
  const [A, P, ...negatives] = corners;
  const near = squared(A, P);
  const moves = corners.map(() => [0, 0]);
  const push = (index, from, to) => {
    moves[index] = moves[index].map((part, axis) => part + 2 * (to[axis] - from[axis]));
  };
  const seen = negatives.map((N, k) => {
    const middle = P.map((part, axis) => (part + N[axis]) / 2);
    const cost = margin + 2 * along(minus(P, N), minus(middle, A));
    const far = squared(A, N);
    if (cost <= 0) return { far, cost: 0, kind: "easy" };
    push(0, N, P);
    push(1, P, A);
    push(k + 2, A, N);
    return { far, cost, kind: far <= near ? "hard" : "semi-hard" };
  });
  const all = (key) => seen.map((one) => one[key]);
  return { near, far: all("far"), costs: all("cost"), kinds: all("kind"), moves };
}

/** The points after one step of gradient descent. */
export const stepped = (corners, moves, rate) =>
  corners.map((corner, index) => corner.map((part, axis) => part + rate * moves[index][axis]));
