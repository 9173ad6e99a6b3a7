// Feature maps as `map_sheets.py` packs them: one picture a layer, a tile a channel.
import { readPicture } from "../page/picture.js";

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
