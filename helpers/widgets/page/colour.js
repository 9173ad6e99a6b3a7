// Colours by sign: purple below zero, white at zero, orange above, told apart without red and green.
import { clamp } from "./numbers.js";

// ColorBrewer's PuOr (C. Brewer, Apache 2.0), from below zero to above it: the scale of the course's figures.
const SIGNED = [
  "2d004b",
  "542788",
  "8073ac",
  "b2abd2",
  "d8daeb",
  "f7f7f7",
  "fee0b6",
  "fdb863",
  "e08214",
  "b35806",
  "7f3b08",
];
const ANCHORS = SIGNED.map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));
const STEPS = 255;

function between(t) {
  const place = ((clamp(t, -1, 1) + 1) / 2) * (ANCHORS.length - 1);
  const below = Math.min(Math.floor(place), ANCHORS.length - 2);
  return ANCHORS[below].map((part, i) => Math.round(part + (place - below) * (ANCHORS[below + 1][i] - part)));
}

/** [r, g, b] of a value that is `t` times the limit, -1 to 1; NaN is grey. */
export const signedColour = (t) => (Number.isNaN(t) ? [150, 150, 150] : between(t));

/** The same colours as pixels of a canvas: entry 255 + round(255 t). */
export const SIGNED_PIXELS = Uint32Array.from({ length: 2 * STEPS + 1 }, (_, i) =>
  pixel(...between((i - STEPS) / STEPS)),
);

/** A canvas pixel from red, green and blue, 0 to 255. */
export function pixel(red, green, blue) {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Black or white, whichever can be read on the colour. */
export function inkOn([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => (part / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000" : "#fff";
}

// Told apart by hue and by lightness; used with dashes or words, never alone.
export const LINES = ["#0b62b0", "#c2410c", "#187a3c", "#8b2fa8", "#8a6400", "#0f6f77"];
