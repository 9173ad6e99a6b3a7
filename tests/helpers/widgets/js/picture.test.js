import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureBytes } from "../../../../helpers/widgets/page/picture_file.js";
import { numpys } from "./from_numpy.js";

const { urls, kinds } = numpys.picture;
const [png, jpeg] = urls;

test("files of pictures come through byte by byte", async () => {
  for (const [i, url] of urls.entries()) {
    const blob = pictureBytes(url);
    assert.equal(blob.type, kinds[i]);
    const bytes = Buffer.from(await blob.arrayBuffer());
    assert.equal(bytes.toString("base64"), url.split(",")[1]);
  }
});

test("nothing but a PNG or JPEG picture is let in", () => {
  const others = [
    "https://example.org/a.png",
    "javascript:alert(1)",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:text/html;base64,PGI+",
    png.replace("base64,", ""),
    `${png}" onerror="alert(1)`,
    ` ${png}`,
    "",
  ];
  for (const url of others) assert.throws(() => pictureBytes(url), /no PNG or JPEG picture/, url.slice(0, 40));
});

test("a file that only says what it is, is found out", () => {
  assert.throws(() => pictureBytes(png.replace("image/png", "image/jpeg")), /another kind/);
  assert.throws(() => pictureBytes(jpeg.replace("image/jpeg", "image/png")), /another kind/);
});

test("a file of more than 8 MB is not decoded", () => {
  assert.throws(() => pictureBytes(`data:image/png;base64,${"A".repeat(12e6)}`), /larger than 8 MB/);
});
