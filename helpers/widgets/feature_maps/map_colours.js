// The colours of feature maps, alone and over a photograph.
import { SIGNED_PIXELS, pixel } from "../page/colour.js";
import { h } from "../page/dom.js";

const ORANGE = [255, 140, 26];
const PURPLE = [150, 90, 255];

// From black over orange to white: the brighter, the more active.
const GLOW = Uint32Array.from({ length: 256 }, (_, i) => {
  const [t, rest] = i < 150 ? [i / 150, 0] : [1, (i - 150) / 105];
  return pixel(...ORANGE.map((part) => Math.round(t * part + rest * (255 - part))));
});

/** Paint a channel's values into a Uint32Array of canvas pixels. */
export function paintMap(pixels, { values, limit, signed }) {
  const scale = limit ? 255 / limit : 0;
  for (let i = 0; i < values.length; i++) {
    const level = Math.round(values[i] * scale);
    pixels[i] = signed ? SIGNED_PIXELS[255 + level] : GLOW[level];
  }
}

/** A small canvas of a channel, for the list. */
export function thumbnail(rows, columns, channel) {
  const canvas = h("canvas", { width: columns, height: rows, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  paintMap(new Uint32Array(image.data.buffer), channel);
  context.putImageData(image, 0, 0);
  return canvas;
}

const SHORTENED = "display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap";

/** What stands under it: a name, as far as there is room, or a number. */
export const caption = (text) => h("span", { "aria-hidden": "true", style: SHORTENED }, text);

/** The photo, the greyer the stronger the map, with the map's values above zero in orange and those below in purple. */
export function overlaid({ width, height, rgba }, { columns, side, shape }, { values, limit }, strength) {
  const place = (n, whole, axis) => Math.floor(Math.floor((n * shape[axis]) / whole) / side);
  const across = Array.from({ length: width }, (_, x) => place(x, width, 1));
  const out = new Uint8ClampedArray(rgba);
  for (let y = 0; y < height; y++) {
    const from = place(y, height, 0) * columns;
    for (let x = 0; x < width; x++) {
      const value = values[from + across[x]];
      const share = limit ? (strength * Math.abs(value)) / limit : 0;
      const at = 4 * (y * width + x);
      const grey = 0.75 * (0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]);
      const ink = value < 0 ? PURPLE : ORANGE;
      for (let c = 0; c < 3; c++) {
        const ground = rgba[at + c] + strength * (grey - rgba[at + c]);
        out[at + c] = ground + share * (ink[c] - ground);
      }
    }
  }
  return out;
}
