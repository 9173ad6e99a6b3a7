// Feature maps as `map_sheets.py` packs them: one picture a layer, a tile a channel.
import { readPicture } from "./picture.js";

export const ORANGE = [255, 140, 26];
const PURPLE = [150, 90, 255];

/**
 * {rows, columns, side, shape, channels}; each channel is {number, step, activity, peak: [row, column, value], signed,
 * limit, values}: values holds rows x columns numbers, known to within step / 2.
 */
export async function readMaps({ shape, size, side, across, picture, channels }) {
  const { width, rgba } = await readPicture(picture);
  const [rows, columns] = size;
  const read = ([number, step, middle, activity, ...peak], at) => {
    const corner = Math.floor(at / across) * rows * width + (at % across) * columns;
    const level = (i) => rgba[4 * (corner + Math.floor(i / columns) * width + (i % columns))];
    const values = Float64Array.from({ length: rows * columns }, (_, i) => (level(i) - middle) * step);
    const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { number, step, activity, peak, signed: middle > 0, limit, values };
  };
  return { rows, columns, side, shape, channels: channels.map(read) };
}

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
