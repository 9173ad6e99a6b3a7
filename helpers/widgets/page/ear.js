// The kernel's end of a view, run by anywidget without being displayed: whatever the view on the page asks is passed on
// to Python, and what Python says is passed to the view. The two meet by events whose names hold the view's address.
export default {
  initialize({ model }) {
    const address = model.get("address");
    const tell = (kind, detail) => document.dispatchEvent(new CustomEvent(`rf-${kind}-${address}`, { detail }));
    const pass = (event) => model.send(event.detail);
    const greet = () => tell("here");
    document.addEventListener(`rf-ask-${address}`, pass);
    document.addEventListener(`rf-anyone-${address}`, greet);
    model.on("msg:custom", (content, buffers) => tell("say", { content, buffers }));
    greet();
    return () => {
      document.removeEventListener(`rf-ask-${address}`, pass);
      document.removeEventListener(`rf-anyone-${address}`, greet);
      tell("gone");
    };
  },
};
