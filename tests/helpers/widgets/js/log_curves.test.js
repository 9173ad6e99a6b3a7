import assert from "node:assert/strict";
import { test } from "node:test";
import { logTicks } from "../../../../helpers/widgets/page/log_curves.js";
import { numpys } from "./from_numpy.js";

test("an axis has a few round numbers, in order, between its ends", () => {
  for (const [low, high] of numpys.log_curves.ranges) {
    const ticks = logTicks(low, high);
    const where = `${low} to ${high}: ${ticks}`;
    assert.ok(ticks.length >= 2 && ticks.length <= 6, where);
    assert.ok(ticks.every((tick, i) => tick >= low * 0.999 && tick <= high * 1.001 && !(tick <= ticks[i - 1])), where);
    for (const tick of ticks) assert.match(tick.toExponential(), /^(?:[1234568]|1\.5)e/, where);
  }
});
