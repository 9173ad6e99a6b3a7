// Building elements: text goes in as text nodes, so nothing that anyone typed or named ever becomes HTML.
const SVG = "http://www.w3.org/2000/svg";

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element: `h("button", { class: "rf-step", onclick: next }, "step")`. */
export const h = (tag, attributes = {}, ...children) => furnish(document.createElement(tag), attributes, children);

/** An SVG element. */
export const s = (tag, attributes = {}, ...children) =>
  furnish(document.createElementNS(SVG, tag), attributes, children);

/** Change attributes of an element. */
export const dress = (node, look) => Object.entries(look).forEach(([key, value]) => node.setAttribute(key, value));

let made = 0;
/** An id that no other element of the page has. */
export const unique = (prefix) => `rf-${prefix}-${Date.now().toString(36)}-${(made += 1)}`;

/** A function that draws once in the next frame, however often it was called before. */
export function inFrame(draw, complain) {
  let frame = 0;
  return () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      try {
        draw();
      } catch (error) {
        complain(`This could not be drawn: ${error.message}`);
      }
    });
  };
}
