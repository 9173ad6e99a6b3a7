import assert from "node:assert/strict";
import { test } from "node:test";
import { logRange, logTicks, wholeTicks } from "../../../../helpers/widgets/page/log_chart.js";
import { close, numpys } from "./from_numpy.js";

const { ranges, axes, numbered } = numpys.log_chart;

test("an axis has a few round numbers, in order, between its ends", () => {
  for (const [low, high, most] of ranges) {
    const ticks = logTicks(low, high, most);
    const where = `${low} to ${high}, at most ${most}: ${ticks}`;
    assert.ok(ticks.length >= 2 && ticks.length <= most, where);
    assert.ok(ticks.every((tick, i) => tick >= low * 0.999 && tick <= high * 1.001 && !(tick <= ticks[i - 1])), where);
    for (const tick of ticks) assert.match(tick.toExponential(), /^(?:[1234568]|1\.5)e/, where);
  }
});

test("an axis of many powers of ten has one, and those as far apart as they may be", () => {
  assert.deepEqual(logTicks(1e-7, 20, 8), [1e-6, 1e-4, 0.01, 1]);
  assert.deepEqual(logTicks(1e-6, 20, 8), [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 10]);
});

test("an axis has room around its values, and some height if they are one", () => {
  for (const { values, low, high } of axes) {
    const [from, to] = logRange(values);
    close([Math.log10(from), Math.log10(to)], [low, high], 1e-9, `${values.length} from ${values[0]}`);
    const ticks = logTicks(from, to);
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${from} to ${to}: ${ticks}`);
  }
});

test("an axis has room for very many values", () => {
  const many = Array.from({ length: 1_000_000 }, (_, i) => 1 + (i % 9));
  assert.deepEqual(logRange(many), logRange([1, 9]));
});

test("whole numbers are the first one and multiples of a round step", () => {
  for (const { first, last, most, ticks } of numbered) {
    assert.deepEqual(wholeTicks(first, last, most), ticks, `${first} to ${last}, about ${most}`);
  }
});
