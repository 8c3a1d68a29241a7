/** A page without a browser, for the scripts of the pages to run in. */

import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><title>A page</title>");
const { document, DOMParser, Element, HTMLTemplateElement, NodeFilter } = window;
Object.assign(globalThis, {
  window,
  document,
  DOMParser,
  Element,
  HTMLTemplateElement,
  NodeFilter,
});

// jsdom forgets what was written before, so all the pieces are written at the end.
const { write, close } = window.Document.prototype;
const pieces = new WeakMap();
window.Document.prototype.write = function (piece) {
  pieces.set(this, (pieces.get(this) ?? "") + piece);
};
window.Document.prototype.close = function () {
  write.call(this, pieces.get(this));
  close.call(this);
};
