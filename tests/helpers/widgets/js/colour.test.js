import assert from "node:assert/strict";
import { test } from "node:test";
import { SIGNED_PIXELS, inkOn, pixel, signedColour } from "../../../../helpers/widgets/page/colour.js";
import { numpys } from "./from_numpy.js";

const { places, colours, dark } = numpys.colour;
const bytes = (word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24];
const farthest = (one, other) => Math.max(...one.map((part, i) => Math.abs(part - other[i])));

test("signed colours are those of the course's figures", () => {
  places.forEach((place, i) => {
    const off = farthest(signedColour(place), colours[i]);
    assert.ok(off <= 2, `at ${place}: ${signedColour(place)}, and matplotlib's ${colours[i]}`);
  });
});

test("beyond full colour there is nothing more, and NaN is grey", () => {
  assert.deepEqual(signedColour(-7), signedColour(-1));
  assert.deepEqual(signedColour(Infinity), signedColour(1));
  const [red, green, blue] = signedColour(NaN);
  assert.ok(red === green && green === blue);
});

test("the pixels of a canvas have the same colours, and are opaque", () => {
  assert.equal(SIGNED_PIXELS.length, 511);
  SIGNED_PIXELS.forEach((word, i) => assert.deepEqual(bytes(word), [...signedColour((i - 255) / 255), 255]));
});

test("a pixel holds red, green and blue in a canvas's order", () => {
  const image = new Uint32Array([pixel(1, 128, 255)]);
  assert.deepEqual([...new Uint8ClampedArray(image.buffer)], [1, 128, 255, 255]);
});

test("ink is read on every grey and on every signed colour", () => {
  const contrast = (light, ink) => (ink === "#000" ? light : 21 / light);
  dark.forEach((light, grey) => {
    const seen = contrast(light, inkOn([grey, grey, grey]));
    assert.ok(seen >= 4.5, `${inkOn([grey, grey, grey])} on grey ${grey} has the contrast ${seen}`);
  });
  const shine = (part) => dark[part] * 0.05;
  for (const place of places) {
    const colour = signedColour(place);
    const light = (0.2126 * shine(colour[0]) + 0.7152 * shine(colour[1]) + 0.0722 * shine(colour[2])) / 0.05;
    assert.ok(contrast(light, inkOn(colour)) >= 4.5, `${inkOn(colour)} on ${colour}`);
  }
});
