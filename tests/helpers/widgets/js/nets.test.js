import assert from "node:assert/strict";
import { test } from "node:test";
import { deepNet } from "../../../../helpers/widgets/depth/nets.js";
import { close, numpys } from "./from_numpy.js";

test("deep nets of every kind have NumPy's outputs and gradients", () => {
  for (const { options, norms, input, output } of numpys.nets.nets) {
    const net = deepNet(options);
    const where = JSON.stringify(options);
    assert.deepEqual([...net.input], input);
    close([...net.output], output, 1e-9, where);
    const ratios = net.norms.map((norm, layer) => (norms[layer] ? norm / norms[layer] : 1 + norm));
    close(ratios, norms.map(() => 1), 1e-9, where);
  }
});
