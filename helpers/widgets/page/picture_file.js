// Picture files: their first bytes are read before anything is decoded.
import { h } from "./dom.js";

const LARGEST_FILE = 8e6; // bytes
const LARGEST_SIDE = 4096; // pixels

/** {type, width, height} from the first bytes of a PNG or JPEG file; null for anything else. */
export function headOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...magic) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) && bytes.length > 24) {
    return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (!starts(0xff, 0xd8, 0xff)) return null;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const kind = bytes[at + 1];
    const frame = kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);
    if (frame) return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += kind === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The bytes of a picture file that may be decoded, as a Blob of its true type; throws a sentence about others. */
function decodable(bytes) {
  if (bytes.length > LARGEST_FILE) throw new Error("This file is larger than 8 MB: choose a smaller picture.");
  const head = headOf(bytes);
  if (!head) throw new Error("This file is no PNG or JPEG picture, whatever it is called.");
  const { type, width, height } = head;
  if (!width || !height || Math.max(width, height) > LARGEST_SIDE) {
    throw new Error(`The picture has ${width} x ${height} pixels: expected 1 to ${LARGEST_SIDE} a side.`);
  }
  return new Blob([bytes], { type });
}

/** The bytes of a data: URL that holds a PNG or JPEG picture of sensible size; throws a sentence about others. */
export function pictureBytes(url) {
  const match = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)$/.exec(url);
  if (!match) throw new Error("This is no PNG or JPEG picture.");
  if (match[2].length > 1.4 * LARGEST_FILE) throw new Error("This picture is larger than 8 MB.");
  const blob = decodable(Uint8Array.from(atob(match[2]), (letter) => letter.charCodeAt(0)));
  if (blob.type !== match[1]) throw new Error("This picture is of another kind than it says.");
  return blob;
}

/** The bytes of a JPEG file, a DataView, as a data: URL. */
export function jpegUrl({ buffer, byteOffset, byteLength }) {
  const letters = Array.from(new Uint8Array(buffer, byteOffset, byteLength), (byte) => String.fromCharCode(byte));
  return `data:image/jpeg;base64,${btoa(letters.join(""))}`;
}

/** A chosen file as {url, width, height}: a JPEG of at most `longest` pixels a side; throws a sentence. */
export async function openPicture(file, longest) {
  if (file.size > LARGEST_FILE) throw new Error("This file is larger than 8 MB: choose a smaller picture.");
  const blob = decodable(new Uint8Array(await file.arrayBuffer()));
  let bitmap = null;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    throw new Error("This picture is broken: open it, save it as JPEG and choose it again.");
  }
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = h("canvas", { width, height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  return { url: canvas.toDataURL("image/jpeg", 0.92), width, height };
}
