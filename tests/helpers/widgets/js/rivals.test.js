import assert from "node:assert/strict";
import { test } from "node:test";
import { byStrength, countAbove, rivalsOf, strikers } from "../../../../helpers/widgets/detector/rivals.js";
import { close, numpys } from "./from_numpy.js";

const { contests } = numpys.rivals;

/** A contest in the order of strength, with the strikers at its threshold. */
function fought({ boxes, scores, classes, share }, least = 0.05) {
  const order = byStrength(scores);
  const sorted = (list) => order.map((i) => list[i]);
  return { order, scores: sorted(scores), ...strikers(rivalsOf(sorted(boxes), sorted(classes), least), share) };
}

test("what is left at two thresholds is what helpers.overlap leaves of each class", () => {
  for (const contest of contests) {
    const { order, scores, by } = fought(contest);
    const left = order.slice(0, countAbove(scores, contest.score)).filter((_, place) => by[place] < 0);
    assert.deepEqual(left.sort((a, b) => a - b), contest.left);
  }
});

test("a box is struck out by the strongest one left of its class that shares enough with it", () => {
  for (const contest of contests) {
    const { order, by, share } = fought(contest);
    by.forEach((striker, place) => {
      if (striker < 0) return;
      const part = (other) => contest.parts[order[place]][order[other]];
      const alike = (other) => contest.classes[order[other]] === contest.classes[order[place]];
      const stronger = [...by.keys()].filter((other) => other < place && by[other] < 0 && alike(other));
      assert.equal(striker, stronger.find((other) => part(other) > contest.share - 1e-12));
      close(share[place], part(striker));
    });
  }
});

test("the number above a value is found in a falling list", () => {
  for (const { scores } of contests) {
    const falling = [...scores].sort((a, b) => b - a);
    for (const value of [-1, 0, 0.3, 0.5, 0.65, 1, 2]) {
      assert.equal(countAbove(falling, value), falling.filter((one) => one > value).length);
    }
  }
});
