// One channel of a picture, as `sheet` in pictures.py hands it over.
import { readPicture } from "./picture.js";

/** {width, height, values} from {rows} or {picture, low, high}. */
export async function readSheet(state) {
  if (state.rows) {
    return { height: state.rows.length, width: state.rows[0].length, values: Float64Array.from(state.rows.flat()) };
  }
  const { width, height, rgba } = await readPicture(state.picture);
  const scale = (state.high - state.low) / 255;
  const values = Float64Array.from({ length: width * height }, (_, i) => state.low + rgba[4 * i] * scale);
  return { width, height, values };
}
