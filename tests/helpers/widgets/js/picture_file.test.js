import assert from "node:assert/strict";
import { test } from "node:test";
import { headOf, pictureBytes } from "../../../../helpers/widgets/page/picture_file.js";
import { numpys } from "./from_numpy.js";

const { files, none } = numpys.picture_file;

test("kind and size stand in the first bytes of a picture file", () => {
  for (const [bytes, expected] of files) assert.deepEqual(headOf(Uint8Array.from(bytes)), expected);
});

test("a file inside a larger store is read from its own beginning", () => {
  const [bytes, expected] = files[1];
  assert.deepEqual(headOf(Uint8Array.from([7, 7, 7, ...bytes]).subarray(3)), expected);
});

test("bytes that only fill a JPEG file up are passed over", () => {
  const [bytes, expected] = files[3];
  assert.deepEqual(headOf(Uint8Array.from([...bytes.slice(0, 2), 0xff, 0xff, 0xff, ...bytes.slice(2)])), expected);
});

test("more than 4096 pixels a side are not decoded", () => {
  for (const [bytes, { type, height }] of files) {
    const made = () => pictureBytes(`data:${type};base64,${Buffer.from(bytes).toString("base64")}`);
    if (height > 4096) assert.throws(made, /40 x 4097 pixels: expected 1 to 4096 a side/);
    else assert.equal(made().type, type);
  }
});

test("what is no picture, or breaks off, is none", () => {
  for (const bytes of none) assert.equal(headOf(Uint8Array.from(bytes)), null, String(bytes.slice(0, 8)));
});
