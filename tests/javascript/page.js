/** A page without a browser, for the scripts of the pages to run in. */

import { createRequire } from "node:module";

// NODE_PATH says where it is: only `require` looks there.
const { JSDOM } = createRequire(import.meta.url)("jsdom");

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
