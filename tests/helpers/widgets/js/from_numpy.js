// The numbers that NumPy made for these tests, and how they are compared. See js_numbers.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const PLACE = "RECEPTIVE_FIELDS_JS_NUMBERS";
if (!process.env[PLACE]) throw new Error(`run these by pytest tests/helpers/widgets/test_javascript.py, which sets ${PLACE}`);

/** One object for each module, by the module's name. */
export const numpys = JSON.parse(readFileSync(process.env[PLACE], "utf-8"));

/** Numbers in any nesting are as NumPy found them; null stands for NaN. */
export function close(actual, expected, tolerance = 1e-9, where = "") {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length, `${where} is ${actual.length} long, and NumPy's ${expected.length}`);
    expected.forEach((part, i) => close(actual[i], part, tolerance, `${where}[${i}]`));
  } else if (expected === null) {
    assert.ok(Number.isNaN(actual), `${where} is ${actual}, and NumPy's is NaN`);
  } else {
    const off = Math.abs(actual - expected);
    assert.ok(off <= tolerance * Math.max(1, Math.abs(expected)), `${where} is ${actual}, and NumPy's ${expected}`);
  }
}
