import assert from "node:assert/strict";
import { test } from "node:test";
import { headOf } from "../../../../helpers/widgets/page/picture_file.js";
import { numpys } from "./from_numpy.js";

const { files, none } = numpys.picture_file;

test("kind and size stand in the first bytes of a picture file", () => {
  for (const [bytes, expected] of files) assert.deepEqual(headOf(Uint8Array.from(bytes)), expected);
});

test("a file inside a larger store is read from its own beginning", () => {
  const [bytes, expected] = files[1];
  assert.deepEqual(headOf(Uint8Array.from([7, 7, 7, ...bytes]).subarray(3)), expected);
});

test("what is no picture, or breaks off, is none", () => {
  for (const bytes of none) assert.equal(headOf(Uint8Array.from(bytes)), null, String(bytes.slice(0, 8)));
});
