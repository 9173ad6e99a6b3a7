import { test } from "node:test";
import { bordered } from "../../../../helpers/widgets/page/convolution.js";
import { edgeOf, stopAt } from "../../../../helpers/widgets/stepper/stops.js";
import { close, numpys } from "./from_numpy.js";

const { stops, edges } = numpys.stops;

test("a border of zeros is NumPy's", () => {
  for (const { values, pad, padded } of stops) close(values.map((rows) => bordered(rows, pad)), padded, 0);
});

test("a stop of the window has NumPy's products, and their sum", () => {
  for (const { padded, kernel, stride, at, products, sum } of stops) {
    const stop = stopAt(padded, kernel, stride, at);
    close(stop.products, products, 1e-12);
    close(stop.sum, sum, 1e-12);
  }
});

test("a filter of another size is bright on the left and dark on the right", () => {
  for (const edge of edges) close(edgeOf(edge.length), edge, 0);
});
