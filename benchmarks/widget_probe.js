// Watches a page for pictures that change, on canvases and as image elements: when one was drawn, and when the frame that
// shows it was painted. Put before all scripts of the page.
(() => {
  const watch = { kind: "canvas", key: 0, click: 0, pictures: [], moves: [], frames: [] };
  window.rfWatch = watch;
  let shown = new WeakMap(); // what each canvas showed last
  let lastImage = 0;
  watch.reset = (kind) => {
    Object.assign(watch, { kind, pictures: [], moves: [], frames: [] });
    [shown, lastImage] = [new WeakMap(), 0];
  };
  watch.clear = () => Object.assign(watch, { pictures: [], moves: [], frames: [] });

  const request = window.requestAnimationFrame.bind(window);
  let frame = 0; // time of the frame whose callbacks are running, else 0
  window.requestAnimationFrame = (act) =>
    request((time) => {
      frame = time;
      try {
        act(time);
      } finally {
        frame = 0;
      }
    });
  watch.count = () => {
    watch.counting = true;
    const tick = (time) => {
      watch.frames.push(time);
      if (watch.counting) request(tick);
    };
    request(tick);
  };

  /** A message sent while a frame is made is delivered after that frame was painted. */
  function afterPaint(picture) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (picture.painted = performance.now());
    port2.postMessage(0);
  }
  function note(hash) {
    const picture = { drawn: performance.now(), painted: 0, frame, changed: false };
    if (frame) afterPaint(picture);
    else {
      request((time) => {
        picture.frame = time;
        afterPaint(picture);
      });
    }
    picture.changed = hash(); // after the clock was read
    if (picture.changed) watch.pictures.push(picture);
  }
  const hashOf = ({ data }) => {
    let hash = 2166136261;
    for (const word of new Uint32Array(data.buffer)) hash = Math.imul(hash ^ word, 16777619);
    return hash;
  };

  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
    put.call(this, image, ...rest);
    const { canvas } = this;
    if (watch.kind !== "canvas" || !canvas.isConnected || canvas.width < 100) return;
    note(() => {
      const hash = hashOf(image);
      const changed = shown.get(canvas) !== hash;
      shown.set(canvas, hash);
      return changed;
    });
  };

  const scratch = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  async function arrived(element) {
    if (watch.kind !== "image" || !element.src) return;
    await element.decode().catch(() => {});
    const { naturalWidth: width, naturalHeight: height } = element;
    if (width < 100 || !element.isConnected) return;
    note(() => {
      Object.assign(scratch.canvas, { width, height });
      scratch.drawImage(element, 0, 0);
      const hash = hashOf(scratch.getImageData(0, 0, width, height));
      const changed = hash !== lastImage;
      lastImage = hash;
      return changed;
    });
  }
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes" && target.matches("img")) arrived(target);
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) [node, ...node.querySelectorAll("img")].filter((one) => one.matches("img")).forEach(arrived);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });

  addEventListener("keydown", (event) => event.isTrusted && (watch.key = event.timeStamp), true);
  addEventListener("click", (event) => event.isTrusted && (watch.click = event.timeStamp), true);
  addEventListener("pointermove", (event) => event.isTrusted && watch.moves.push(event.timeStamp), true);
})();
