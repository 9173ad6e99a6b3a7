// Pictures: decoded once they are checked, drawn as grey or signed dots, with a place that can be pointed at.
import { h } from "./dom.js";
import { SIGNED_PIXELS, pixel } from "./colour.js";
import { arrow } from "./keyboard.js";
import { clamp } from "./numbers.js";
import { pictureBytes } from "./picture_file.js";

/** {width, height, rgba} of a data: URL. */
export async function readPicture(url) {
  const bitmap = await createImageBitmap(pictureBytes(url), { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const canvas = h("canvas", { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

/**
 * A canvas for values, one dot each, shown at `wide` CSS pixels.
 *
 * @param {{label: string, width: number, height: number, wide: number, onpick?: Function}} options with onpick(row,
 *   column), pointer and arrow keys choose a dot.
 * @returns {{el, grey, signed, rgba, spot, label}} grey(values, low, high), signed(values, limit), rgba(data);
 *   spot(row, column, height, width) frames a part.
 */
export function dots({ label, width, height, wide, onpick }) {
  const canvas = h("canvas", { width, height, role: "img", "aria-label": label });
  canvas.style.width = `${wide}px`;
  const frame = h("div", { class: "rf-spot", hidden: true });
  const el = h("div", { class: "rf-picture" }, canvas, frame);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  let place = [0, 0];
  if (onpick) {
    canvas.setAttribute("tabindex", "0");
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "picture to point at with the arrow keys");
    const choose = (row, column) => {
      place = [clamp(row, 0, height - 1), clamp(column, 0, width - 1)];
      onpick(...place);
    };
    canvas.addEventListener("pointermove", (event) => {
      const { left, top, width: w, height: t } = canvas.getBoundingClientRect();
      choose(Math.floor(((event.clientY - top) / t) * height), Math.floor(((event.clientX - left) / w) * width));
    });
    canvas.addEventListener("keydown", (event) => {
      const step = arrow(event);
      if (step) choose(place[0] + step[0], place[1] + step[1]);
    });
  }
  const paint = () => context.putImageData(image, 0, 0);
  return {
    el,
    canvas,
    label: (text) => canvas.setAttribute("aria-label", text),
    grey(values, low, high) {
      const scale = high > low ? 255 / (high - low) : 0;
      for (let i = 0; i < pixels.length; i++) {
        const level = Math.round((values[i] - low) * scale);
        pixels[i] = pixel(level, level, level);
      }
      paint();
    },
    signed(values, limit) {
      const scale = 255 / limit;
      for (let i = 0; i < pixels.length; i++) {
        pixels[i] = SIGNED_PIXELS[255 + Math.max(-255, Math.min(255, Math.round(values[i] * scale)))];
      }
      paint();
    },
    rgba(data) {
      image.data.set(data);
      paint();
    },
    spot(row, column, tall = 1, broad = 1) {
      place = [row + (tall >> 1), column + (broad >> 1)]; // where a picture's onpick would have pointed
      frame.hidden = false;
      const share = (part, whole) => `${(100 * part) / whole}%`;
      frame.style.left = `calc(${share(column, width)} - 2px)`;
      frame.style.top = `calc(${share(row, height)} - 2px)`;
      frame.style.width = `calc(${share(broad, width)} + 4px)`;
      frame.style.height = `calc(${share(tall, height)} + 4px)`;
    },
  };
}
