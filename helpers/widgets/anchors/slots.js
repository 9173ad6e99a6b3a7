// Where an object goes: the cell of its midpoint, and the anchor whose shape overlaps its own best.
import { overlap } from "../page/boxes.js";

const hung = ([width, height]) => [0, 0, width, height]; // shapes at one corner share as much as with one centre

/** How much each shape [width, height] shares with each anchor: a row a shape. */
export const shapeTable = (shapes, anchors) =>
  shapes.map((shape) => anchors.map((anchor) => overlap(hung(shape), hung(anchor)).share));

/** The place of the first largest entry. */
export const placeOfMost = (row) => row.indexOf(Math.max(...row));

/** How many inner lines of a grid of `cells` a place, 0 to 1, has passed: the number of its cell. */
export function linesPassed(place, cells) {
  let passed = 0;
  for (let line = 1; line < cells; line++) if (place >= line / cells) passed += 1;
  return passed;
}

/**
 * Cell and anchor of each box.
 *
 * @param {number[][]} boxes [x1, y1, x2, y2] as parts of the picture.
 * @param {number[][]} anchors [width, height].
 * @param {number} grid cells a side.
 * @returns {{row, column, anchor, shares, rivals}[]} rivals: the other boxes that want the same slot.
 */
export function slotsOf(boxes, anchors, grid) {
  const table = shapeTable(
    boxes.map(([x1, y1, x2, y2]) => [x2 - x1, y2 - y1]),
    anchors,
  );
  const found = boxes.map(([x1, y1, x2, y2], index) => ({
    row: linesPassed((y1 + y2) / 2, grid),
    column: linesPassed((x1 + x2) / 2, grid),
    anchor: placeOfMost(table[index]),
    shares: table[index],
  }));
  const same = (one, other) => ["row", "column", "anchor"].every((key) => one[key] === other[key]);
  found.forEach((one, i) => {
    one.rivals = found.map((_, j) => j).filter((j) => j !== i && same(one, found[j]));
  });
  return found;
}

/**
 * One step: each shape chooses its best anchor, and each anchor goes to the mean of those that chose it.
 *
 * @returns {{anchors, nearest, shares, counts, mean, moved}} the anchors before the step; the anchor that each shape
 *   chose, and how much it shares with it; shapes an anchor; the mean share; the anchors after the step.
 */
export function pulled(shapes, anchors) {
  const table = shapeTable(shapes, anchors);
  const nearest = table.map(placeOfMost);
  const shares = table.map((row, i) => row[nearest[i]]);
  const sums = anchors.map(() => [0, 0, 0]);
  nearest.forEach((anchor, i) => [...shapes[i], 1].forEach((part, axis) => (sums[anchor][axis] += part)));
  return {
    anchors,
    nearest,
    shares,
    counts: sums.map((sum) => sum[2]),
    mean: shares.reduce((total, share) => total + share, 0) / shapes.length,
    moved: sums.map(([width, height, count], anchor) => (count ? [width / count, height / count] : anchors[anchor])),
  };
}
