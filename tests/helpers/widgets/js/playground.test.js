import { test } from "node:test";
import { turned } from "../../../../helpers/widgets/playground/playground.js";
import { close, numpys } from "./from_numpy.js";

test("the turned Sobel filter is cos times the vertical plus sin times the horizontal one", () => {
  for (const [degrees, expected] of numpys.playground.turned) close(turned(degrees), expected, 2e-3, `${degrees}°`);
});
