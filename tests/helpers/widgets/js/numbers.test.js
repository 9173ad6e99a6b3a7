import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp, grouped, limitOf, read, show } from "../../../../helpers/widgets/page/numbers.js";
import { close, numpys } from "./from_numpy.js";

const { written, read: texts, nonsense, limits, clamped, grouped: counts } = numpys.numbers;

test("a number is written with as many digits as Python would write", () => {
  for (const [value, digits, expected] of written) {
    assert.equal(Number(show(value, digits)), expected, `${value} with ${digits} digits`);
    assert.ok(show(value, digits).length <= digits + 7, show(value, digits));
  }
});

test("what is no finite number stays visible, and zero has no sign", () => {
  assert.deepEqual([NaN, Infinity, -Infinity, -0].map((value) => show(value)), ["NaN", "∞", "-∞", "0"]);
});

test("only the very large and the very small are written with an exponent", () => {
  assert.deepEqual([999999, 1e6, 1e-4, 0.5e-4].map((value) => show(value, 6)), ["999999", "1e+6", "0.0001", "5e-5"]);
});

test("numbers, fractions and decimal commas are read as Python would read them", () => {
  for (const [text, expected] of texts) close(read(text), expected, 1e-15, `"${text}"`);
});

test("what is no number is read as NaN", () => {
  for (const text of nonsense) assert.ok(Number.isNaN(read(text)), `"${text}" was read as ${read(text)}`);
});

test("what is written can be read again", () => {
  for (const [value] of written) close(read(show(value, 17)), value, 1e-15);
});

test("the largest absolute value is NumPy's, and never zero", () => {
  for (const [values, expected] of limits) assert.equal(limitOf(values), expected);
  assert.equal(limitOf([NaN, Infinity, -2]), 2);
});

test("a value between two ends is NumPy's clip", () => {
  for (const [value, low, high, expected] of clamped) assert.equal(clamp(value, low, high), expected);
});

test("thousands stand apart as in Python", () => {
  for (const [count, expected] of counts) assert.equal(grouped(count), expected);
});
