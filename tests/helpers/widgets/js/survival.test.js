import assert from "node:assert/strict";
import { test } from "node:test";
import { fates, storyOf } from "../../../../helpers/widgets/boxes/survival.js";
import { close, numpys } from "./from_numpy.js";

const { contests } = numpys.survival;
const boxesOf = ({ boxes, scores }, kind = () => "") => boxes.map((box, i) => ({ box, score: scores[i], kind: kind(i) }));
const staying = (ends) => [...ends.keys()].filter((i) => !ends[i].low && ends[i].by === undefined);

test("the boxes that stay are those of Python", () => {
  for (const one of contests) {
    const ends = fates(boxesOf(one), { ...one, apart: false });
    assert.deepEqual(staying(ends), [...one.left].sort((a, b) => a - b), JSON.stringify(one));
  }
});

test("a box that gives way shares too much with one that stays and scores no less", () => {
  for (const one of contests) {
    const ends = fates(boxesOf(one), { ...one, apart: false });
    ends.forEach(({ low, by, share }, i) => {
      if (low) assert.ok(one.scores[i] <= one.score);
      if (by === undefined) return;
      assert.ok(one.left.includes(by) && one.scores[by] >= one.scores[i] && share > one.share - 1e-12);
      close(share, one.parts[i][by], 1e-12);
    });
  }
});

test("classes that are kept apart are judged one by one", () => {
  for (const one of contests) {
    const kind = (i) => "ab"[i % 2];
    const together = staying(fates(boxesOf(one, kind), { ...one, apart: true }));
    const alone = ["a", "b"].flatMap((name) => {
      const own = one.scores.map((_, i) => i).filter((i) => kind(i) === name);
      const part = { boxes: own.map((i) => one.boxes[i]), scores: own.map((i) => one.scores[i]) };
      return staying(fates(boxesOf(part), { ...one, apart: false })).map((i) => own[i]);
    });
    assert.deepEqual(together, alone.sort((a, b) => a - b));
  }
});

test("the story decides on every box once, and takes the best first", () => {
  for (const one of contests) {
    const boxes = boxesOf(one);
    const story = storyOf(boxes, fates(boxes, { ...one, apart: false }));
    const decided = story.slice(1, -1).map(({ index }) => index);
    assert.deepEqual([...decided].sort((a, b) => a - b), [...boxes.keys()]);
    assert.deepEqual(story.filter(({ kind }) => kind === "take").map(({ index }) => index), one.left);
  }
});
