/*!
 * Search in a copy that is opened from a folder: browsers start no worker from file://,
 * so a hidden frame plays its part. After iframe-worker 1.0.4 (MIT, see
 * iframe-worker.LICENSE), with the same interface but no inline script, so that a
 * Content-Security-Policy without 'unsafe-inline' lets it work.
 */
"use strict";
(() => {
  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.url = `${url}`;
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "search";
      document.body.appendChild(frame);
      this.iframe = frame;
      const inside = frame.contentWindow;
      inside.postMessage = (data) => {
        const message = new MessageEvent("message", { data });
        this.dispatchEvent(message);
        if (this.onmessage) this.onmessage(message);
      };
      inside.importScripts = (...urls) =>
        urls.reduce((before, next) => before.then(() => this.load(next)), Promise.resolve());
      this.ready = this.load(this.url);
    }
    load(url) {
      const page = this.iframe.contentDocument;
      return new Promise((resolve, reject) => {
        const script = page.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${url}`));
        page.body.appendChild(script);
      });
    }
    postMessage(data) {
      this.ready.then(() => {
        const inside = this.iframe.contentWindow;
        inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) }));
      });
    }
    terminate() {
      this.iframe.remove();
    }
  }
  // Material's search worker looks for this name to learn where its parts are.
  window.IFrameWorker = IFrameWorker;
  if (location.protocol === "file:") window.Worker = IFrameWorker;
})();
