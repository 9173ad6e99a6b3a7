// Pictures: checked before they are decoded, drawn as grey or signed dots, with a place that can be pointed at.
import { h } from "./dom.js";
import { SIGNED_PIXELS, pixel } from "./colour.js";
import { arrow } from "./keyboard.js";
import { clamp } from "./numbers.js";

const LARGEST_FILE = 8e6;
const LARGEST_SIDE = 4096;
const MAGIC = { "image/png": [0x89, 0x50, 0x4e, 0x47], "image/jpeg": [0xff, 0xd8, 0xff] };

/** Width and height that a PNG or JPEG file announces, without decoding it; [] if it announces none. */
function announcedSides(bytes, type) {
  const view = new DataView(bytes.buffer);
  if (type === "image/png") return bytes.length < 24 ? [] : [view.getUint32(16), view.getUint32(20)];
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return [];
}

/** The bytes of a data: URL that holds a PNG or JPEG picture of sensible size; throws a sentence about others. */
export function pictureBytes(url) {
  const match = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)$/.exec(url);
  if (!match) throw new Error("expected a PNG or JPEG picture");
  if (match[2].length > 1.4 * LARGEST_FILE) throw new Error("expected a picture file under 8 MB");
  const bytes = Uint8Array.from(atob(match[2]), (letter) => letter.charCodeAt(0));
  const begins = MAGIC[match[1]].every((byte, i) => bytes[i] === byte);
  if (!begins) throw new Error("the file only says that it is a picture");
  const sides = announcedSides(bytes, match[1]);
  if (!sides.every((side) => side > 0) || !sides.length) throw new Error("the picture file is damaged");
  if (Math.max(...sides) > LARGEST_SIDE) throw new Error(`expected at most ${LARGEST_SIDE} pixels a side`);
  return new Blob([bytes], { type: match[1] });
}

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
      place = [row, column];
      frame.hidden = false;
      const share = (part, whole) => `${(100 * part) / whole}%`;
      frame.style.left = `calc(${share(column, width)} - 2px)`;
      frame.style.top = `calc(${share(row, height)} - 2px)`;
      frame.style.width = `calc(${share(broad, width)} + 4px)`;
      frame.style.height = `calc(${share(tall, height)} + 4px)`;
    },
  };
}
