import assert from "node:assert/strict";
import { test } from "node:test";
import { readSheet } from "../../../../helpers/widgets/page/sheet.js";
import { numpys } from "./from_numpy.js";

test("a small sheet is handed over row by row, exactly", async () => {
  const { rows, flat } = numpys.sheet;
  const { width, height, values } = await readSheet({ rows });
  assert.deepEqual([height, width], [rows.length, rows[0].length]);
  assert.deepEqual([...values], flat);
});
