// A picture file that somebody chose: its first bytes are read before anything is decoded.
import { h } from "./dom.js";

const FILE_LIMIT = 8e6;
const DOT_LIMIT = 4096 * 4096;

/** {type, width, height} from the first bytes of a PNG or JPEG file; null for anything else. */
export function headOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...magic) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) && bytes.length > 24) {
    return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (!starts(0xff, 0xd8, 0xff)) return null;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const kind = bytes[at + 1];
    const frame = kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);
    if (frame) return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

/** A chosen file as a data: URL of a JPEG picture of at most `longest` pixels a side; throws a sentence. */
export async function openPicture(file, longest) {
  if (file.size > FILE_LIMIT) throw new Error("This file is larger than 8 MB: choose a smaller picture.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const head = headOf(bytes);
  if (!head) throw new Error("This file is no PNG or JPEG picture, whatever it is called.");
  const { type, width, height } = head;
  if (!width || !height || width * height > DOT_LIMIT) {
    throw new Error(`The picture has ${width} x ${height} pixels: make it smaller.`);
  }
  let bitmap = null;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type }));
  } catch {
    throw new Error("This picture is broken: open it, save it as JPEG and choose it again.");
  }
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [wide, tall] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = h("canvas", { width: wide, height: tall });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, wide, tall);
  return canvas.toDataURL("image/jpeg", 0.92);
}
