// Which boxes are left when those that say the same give way to the best, and the story of it, step by step.
import { enough, overlap } from "../page/boxes.js";

/**
 * The fate of every box. One stays if its score is above the threshold and no staying box that ranks higher shares too
 * much with it; from all boxes, what contradicts this is put right until nothing does. Of equal scores the earlier box
 * ranks higher.
 *
 * @param {{box: number[], score: number, kind: string}[]} boxes
 * @param {{share: number, score: number, apart: boolean}} limits apart: only boxes of one kind strike each other out.
 * @returns {{low?: boolean, by?: number, share?: number}[]} by: the box that strikes it out; {} for those that stay.
 */
export function fates(boxes, limits) {
  const ranks = rankedByScore(boxes);
  const rivals = boxes.map((mine, i) =>
    ranks.slice(0, ranks.indexOf(i)).filter((j) => {
      const other = boxes[j];
      return !(limits.apart && other.kind !== mine.kind) && enough(overlap(mine.box, other.box).share, limits.share);
    }),
  );
  const good = boxes.map(({ score }) => score > limits.score);
  let stay = good;
  for (let before = null; String(before) !== String(stay);) {
    before = stay;
    stay = good.map((high, i) => high && !rivals[i].some((j) => before[j]));
  }
  return boxes.map((mine, i) => {
    if (!good[i]) return { low: true };
    if (stay[i]) return {};
    const by = rivals[i].find((j) => stay[j]);
    return { by, share: overlap(mine.box, boxes[by].box).share };
  });
}

/** Indices of boxes, the largest score first. */
export const rankedByScore = (boxes) => [...boxes.keys()].sort((a, b) => boxes[b].score - boxes[a].score || a - b);

/** The steps that lead to these fates: {kind: "start" | "low" | "take" | "strike" | "end", index, by, share}. */
export function storyOf(boxes, ends) {
  const ranks = rankedByScore(boxes);
  const low = ranks.filter((i) => ends[i].low).map((index) => ({ kind: "low", index }));
  const rounds = ranks
    .filter((i) => !ends[i].low && ends[i].by === undefined)
    .map((index) => [
      { kind: "take", index },
      ...ranks.filter((i) => ends[i].by === index).map((i) => ({ kind: "strike", index: i, ...ends[i] })),
    ]);
  return [{ kind: "start" }, ...low, ...rounds.flat(), { kind: "end" }];
}
