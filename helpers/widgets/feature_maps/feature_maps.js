// All maps of a layer side by side, and one of them over the photograph.
import { choice, slider } from "../page/controls.js";
import { h, inFrame, unique } from "../page/dom.js";
import { arrow } from "../page/keyboard.js";
import { caption, overlaid, paintMap, thumbnail } from "./map_colours.js";
import { readMaps } from "./map_sheets.js";
import { panel } from "../page/matrix.js";
import { clamp, show } from "../page/numbers.js";
import { dots, readPicture } from "../page/picture.js";

export default {
  async render({ model, el, say, complain }) {
    const pictures = model.get("pictures");
    const names = model.get("names");
    const id = unique("maps");
    const ready = new Map();
    let picture = pictures[0];
    let layer = model.get("layer");
    let number = -1;
    let [maps, photo, place, count] = [null, null, [0, 0], 0];
    let [order, large, under] = [[], null, null];

    const listed = { role: "listbox", tabindex: "0", "aria-label": "channels of the layer", onkeydown: walk };
    const list = h("div", { class: "rf-tiles", ...listed });
    const listPanel = panel("channels: choose one", list);
    const mapPanel = panel("", h("div"));
    const photoPanel = panel("over the photo", h("div"));
    const named = (all) => all.map(({ name }, at) => [at, name]);
    const turn = (next, at) => {
      [picture, layer] = [next, Number(at)];
      load();
    };
    const which = choice({ label: "picture", options: named(pictures), onchange: (at) => turn(pictures[at], layer) });
    const options = named(picture.layers);
    const layers = choice({ label: "layer", options, value: layer, onchange: (at) => turn(picture, at) });
    const sorted = choice({ label: "order", options: ["most active first", "by number"], onchange: arrange });
    const format = (value) => `${value} %`;
    const range = { min: 0, max: 100, step: 5, value: 70, format };
    const opacity = slider({ label: "strength of the map", ...range, oninput: () => ask() });

    const channel = () => maps.channels.find((one) => one.number === number) || maps.channels[0];
    const ownName = (one) => (names[picture.layers[layer].name] || {})[one.number];
    const nameOf = (one) => {
      const own = ownName(one);
      return own ? `channel ${one.number}, ${own}` : `channel ${one.number}`;
    };

    async function load() {
      const mine = (count += 1);
      try {
        const key = picture.layers[layer];
        if (!ready.has(key)) ready.set(key, await readMaps(key));
        if (picture.photo && !ready.has(picture)) ready.set(picture, await readPicture(picture.photo));
      } catch (error) {
        complain(`These maps cannot be drawn: ${error.message}`);
      }
      if (mine !== count || !ready.has(picture.layers[layer])) return;
      [maps, photo] = [ready.get(picture.layers[layer]), ready.get(picture)];
      const { rows, columns, shape, side, channels } = maps;
      const within = (width, height) => Math.round(Math.min(288, (288 * width) / height));
      const wide = clamp(columns * 30, 60, within(columns, rows));
      large = dots({ label: "the map", width: columns, height: rows, wide, onpick: choose });
      put(large, mapPanel);
      photoPanel.el.hidden = !photo;
      if (photo) {
        const { width, height } = photo;
        under = dots({ label: "the photo", width, height, wide: within(width, height) });
        under.canvas.addEventListener("pointermove", pointed);
        put(under, photoPanel);
      }
      const part = `${channels.length < shape[2] ? `the ${channels.length} most active of ` : ""}${shape[2]} channels`;
      const mean = side > 1 ? `; a dot is the mean of ${side} × ${side} of them` : "";
      listPanel.foot.textContent = `${part}, each ${shape[0]} × ${shape[1]} activations${mean}. Arrow keys walk.`;
      if (!channels.some((one) => one.number === number)) number = channels[0].number;
      arrange();
    }

    function put(shown, { el: { children } }) {
      shown.el.append((shown.ring = h("div", { class: "rf-peak" })));
      children[1].replaceWith(shown.el);
    }

    function arrange() {
      order = [...maps.channels];
      list.style.setProperty("--rf-tile", order.length > 30 ? "36px" : order.length > 16 ? "48px" : "68px");
      if (sorted.value === "by number") order.sort((one, other) => one.number - other.number);
      list.replaceChildren(
        ...order.map((one) => {
          const option = { role: "option", id: `${id}-${one.number}`, "aria-label": nameOf(one), title: nameOf(one) };
          const parts = [thumbnail(maps.rows, maps.columns, one), caption(ownName(one) || one.number)];
          return h("div", { class: "rf-tile", ...option, onpointerdown: () => pick(one.number) }, ...parts);
        }),
      );
      pick(number);
    }

    function pick(next) {
      number = next;
      const one = channel();
      for (const tile of list.children) {
        const own = tile.id === `${id}-${number}`;
        tile.setAttribute("aria-selected", String(own));
        const bottom = tile.offsetTop + tile.offsetHeight - list.clientHeight;
        if (own) list.scrollTop = clamp(list.scrollTop, bottom, tile.offsetTop);
      }
      list.setAttribute("aria-activedescendant", `${id}-${number}`);
      place = [0, 1].map((axis) => Math.floor(one.peak[axis] / maps.side));
      ask();
    }

    function walk(event) {
      const at = order.findIndex((one) => one.number === number);
      const step = arrow(event);
      if (!step && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const tops = [...list.children].map((tile) => tile.offsetTop);
      const across = Math.max(1, tops.filter((top) => top === tops[0]).length);
      const to = step ? at + step[0] * across + step[1] : event.key === "Home" ? 0 : order.length - 1;
      pick(order[clamp(to, 0, order.length - 1)].number);
    }

    function choose(row, column) {
      place = [row, column];
      ask();
    }
    function pointed(event) {
      const box = under.canvas.getBoundingClientRect();
      const shares = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
      const sides = [maps.rows, maps.columns];
      const dotAt = (share, axis) => clamp(Math.floor((share * maps.shape[axis]) / maps.side), 0, sides[axis] - 1);
      choose(...shares.map(dotAt));
    }

    function draw() {
      const one = channel();
      const { rows, columns, side, shape } = maps;
      const pixels = new Uint32Array(rows * columns);
      paintMap(pixels, one);
      large.rgba(new Uint8ClampedArray(pixels.buffer));
      large.spot(...place);
      mapPanel.head.textContent = nameOf(one);
      const most = show(one.limit, 3);
      const scale = one.signed ? `white is 0, purple to -${most}, orange to ${most}` : `black is 0, white is ${most}`;
      const rounded = `Numbers are rounded, by ${show(one.step / 2, 2)} at most`;
      const rest = one.limit ? `${scale}. ${rounded}` : "0 everywhere here";
      const signs = one.signed ? ", signs left aside," : "";
      mapPanel.foot.textContent = `${rest}. The average activation${signs} is ${show(one.activity, 3)}.`;
      const peak = show(one.peak[2], 3);
      const value = one.values[place[0] * columns + place[1]];
      const centre = one.peak.slice(0, 2).map((at, axis) => (100 * (at + 0.5)) / shape[axis]);
      for (const shown of photo ? [large, under] : [large]) {
        shown.ring.hidden = !one.limit;
        [shown.ring.style.top, shown.ring.style.left] = centre.map((part) => `${part}%`);
      }
      if (photo) {
        under.rgba(overlaid(photo, maps, one, opacity.value / 100));
        const unit = [photo.height / shape[0], photo.width / shape[1]]; // of an activation, in dots of the photo
        const size = (axis) => Math.min(side, shape[axis] - place[axis] * side) * unit[axis];
        under.spot(place[0] * side * unit[0], place[1] * side * unit[1], size(0), size(1));
        under.label(`The photo, with the map of ${nameOf(one)} over it.`);
        photoPanel.foot.textContent = `Frame: the place you point at. Ring: the most active place, ${peak}.`;
      }
      const block = `dot (${place}), the mean of rows ${ends(0)} and columns ${ends(1)}`;
      const spot = side > 1 ? block : `row ${place[0]}, column ${place[1]}`;
      large.label(`The map of ${nameOf(one)}, at ${spot}: ${show(value, 3)}.`);
      const active = `Most active at row ${one.peak[0]}, column ${one.peak[1]}: ${peak}.`;
      say(`${picture.layers[layer].name}, ${nameOf(one)}, ${spot}: ${show(value, 3)}. ${active}`);
    }
    function ends(axis) {
      const from = place[axis] * maps.side;
      return `${from} to ${Math.min(from + maps.side, maps.shape[axis]) - 1}`;
    }
    const ask = inFrame(draw, complain);

    number = picture.layers[layer].channels[model.get("channel")][0];
    el.append(
      h("div", { class: "rf-bar" }, pictures[1] && which.el, layers.el, sorted.el, picture.photo && opacity.el),
      h("div", { class: "rf-row" }, listPanel.el, mapPanel.el, photoPanel.el),
    );
    await load();
  },
};
