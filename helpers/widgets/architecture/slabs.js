// Layers as they are edited, and their volumes as boxes.
import { s } from "../page/dom.js";

const TALLEST = 78; // pixels of the longest side
const BROADEST = 84; // pixels of the deepest volume

/** A layer of another kind that keeps what both have. */
export function turnedInto(kind, { f, n, stride, pad } = {}) {
  if (kind === "flatten" || kind === "global") return { kind };
  if (kind === "dense") return { kind, n: n || 10 };
  if (kind === "conv") return { kind, n: n || 16, f: f || 3, stride: stride || 1, pad: pad || "valid" };
  return { kind, f: f || 2, stride: stride || f || 2, pad: pad === "same" ? pad : "valid" };
}

/** A box as large as a volume, in oblique view: n_H up, n_W backwards, n_C to the right. */
function slab({ sides, depth }, scale, stretch, kind) {
  const tall = Math.max(3, scale * Math.sqrt(sides[0]));
  const back = Math.max(2, 0.32 * scale * Math.sqrt(sides[1]));
  const broad = Math.max(3, stretch * Math.sqrt(depth));
  const face = (points) =>
    s("polygon", { class: `rf-face rf-of-${kind}`, points: points.map((p) => p.join(",")).join(" ") });
  const [x, y] = [broad + 1, back + 1];
  return s(
    "svg",
    { width: broad + back + 2, height: tall + back + 2, "aria-hidden": "true" },
    face([
      [1, y],
      [x, y],
      [x, y + tall],
      [1, y + tall],
    ]),
    face([
      [1, y],
      [1 + back, 1],
      [x + back, 1],
      [x, y],
    ]),
    face([
      [x, y],
      [x + back, 1],
      [x + back, 1 + tall],
      [x, y + tall],
    ]),
  );
}

/** A box for each volume, on one scale: the longest side and the deepest volume decide. */
export function slabs(volumes, kinds) {
  const scale = TALLEST / Math.sqrt(Math.max(...volumes.flatMap((one) => one.sides)));
  const stretch = Math.min(3, BROADEST / Math.sqrt(Math.max(...volumes.map((one) => one.depth))));
  return volumes.map((one, i) => slab(one, scale, stretch, kinds[i]));
}
