// What the gradient flow says: the sizes, where a gradient comes from, and what became of it.
import { outputsOf } from "./backward.js";
import { show } from "../page/numbers.js";

const counted = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
const total = (rows) => rows.flat().reduce((a, b) => a + b, 0);
const gradientName = (layer) => (layer.kind === "convolution" ? "dZ" : "dA");

/** The size of the output with its formula in numbers, and what no window holds; rows are those without a border. */
export function sizesOf({ inputs, f, stride, pad, ...layer }, rows) {
  const counts = outputsOf({ inputs, f, stride, ...layer });
  const lengths = [rows.length, rows[0].length];
  const [high, wide] = counts.map((n, axis) => `⌊(${lengths[axis]} + 2·${pad} − ${f}) / ${stride}⌋ + 1 = ${n}`);
  const over = counts.map((count, axis) => lengths[axis] + 2 * pad - ((count - 1) * stride + f));
  const left = over.flatMap((n, axis) => (n ? [counted(n, ["row", "column"][axis])] : [])).join(" and ");
  const hatched = left ? ` What hangs over (${left}, hatched) is in no window.` : "";
  const gaps = stride > f && Math.max(...counts) > 1 ? " The windows leave gaps, hatched too." : "";
  return `Output ${counts.join(" x ")}: ${high === wide ? high : `${high} high, ${wide} wide`}.${hatched}${gaps}`;
}

/** Why there is no output, and which setting is still shown. */
export function misfitOf({ inputs, f }, shown) {
  const still = `You still see f = ${shown.f}, padding ${shown.pad}.`;
  return `A window of ${f} x ${f} does not fit into ${inputs.length} x ${inputs[0].length} inputs. ${still}`;
}

/** Where the gradient of an input (or null) comes from: every output that sends some, times how far it follows. */
export function sourcesOf(layer, pixel, arriving, heard) {
  if (!pixel) return "Click on a number of A_prev or dA_prev, and read here which outputs send it its gradient.";
  const sent = heard.filter((one) => arriving[one.h][one.w]);
  const weights = layer.kind === "convolution";
  const rest = sent.length > 9 ? " + …" : "";
  const listed = (write) => sent.slice(0, 9).map(write).join(" + ") + rest;
  const number = ({ share }) => (share < 0 ? `(${show(share)})` : show(share));
  const factor = (one) => (weights ? `W[${one.i}, ${one.j}]` : number(one));
  const parts = sent.length ? [listed((one) => `${factor(one)} · ${gradientName(layer)}[${one.h}, ${one.w}]`)] : [];
  if (weights && sent.length > 1) parts.push(listed(number));
  parts.push(show(sent.reduce((sum, { share }) => sum + share, 0)));
  const lies = `It lies in ${counted(heard.length, "window")}, ${sent.length} with a gradient.`;
  return `dA_prev[${pixel.join(", ")}] = ${parts.join(" = ")}. ${lies}`;
}

/** What became of the gradient, in a sentence; cell is the only output that had one, or null. */
export function resultOf({ kind, inputs, f, stride }, gradient, cell, arriving) {
  if (!cell) {
    const [n, all] = [total(arriving), arriving.flat().length];
    const most = gradient.flat().reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    const sums = `The strongest sum is ${show(most)}, and all of dA_prev adds up to ${show(total(gradient))}.`;
    const adds = n > 1 && stride < f ? "; where windows overlap it adds up" : "";
    return `${n} of ${counted(all, "output")} sent a gradient of 1${adds}. ${sums}`;
  }
  const [r, c] = cell.map((place) => place * stride);
  const where = `${gradientName({ kind })}[${cell.join(", ")}] = 1`;
  if (kind === "convolution") {
    const place = `rows ${r} to ${r + f - 1}, columns ${c} to ${c + f - 1}`;
    return `${where} stamps the filter on ${place}. The pixels' own values play no part.`;
  }
  if (kind === "average") {
    const share = `1/${f * f} = ${show(1 / (f * f))}`;
    return `${where} is shared evenly: each of the ${f * f} inputs of its window receives ${share}.`;
  }
  const most = show(Math.max(...inputs.slice(r, r + f).flatMap((line) => line.slice(c, c + f))));
  const winners = gradient.flat().filter((value) => value).length;
  const tie = `A tie: ${winners} inputs share the maximum ${most}, and each receives the whole gradient.`;
  if (winners > 1) return `${where}. ${tie}`;
  return `${where}. All of it goes to the maximum of the window, ${most}; the others receive 0.`;
}
