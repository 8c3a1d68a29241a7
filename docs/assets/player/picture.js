/**
 * A graph's picture: its parts by their names, some of them lit, and the numbers in its boxes.
 *
 * The parts are looked up once.  After that a step costs what it changes, however large the
 * graph is: it reads nothing of the layout.
 *
 * @typedef {import("./steps.js").Change} Change
 *
 * @typedef {object} Box
 * @property {SVGGElement} element
 * @property {string} label what the box is called in words
 * @property {Map<string, {word: string, text: Text}>} fields its numbers, "data" and "grad"
 *
 * @typedef {object} Edge
 * @property {SVGGElement} element
 * @property {string} end the name of the part that it leads to
 */

const LIT = "mygrad-lit";
const CHANGING = "data-changing"; // the box whose number changes, and which number that is

export class Picture {
  /** @param {SVGSVGElement} svg after the last change @param {Change[]} changes */
  constructor(svg, changes) {
    this.svg = svg;
    this.changes = changes;
    this.done = changes.length; // so many of the changes
    this.pinned = false;
    /** @type {Map<string, Box>} boxes and ovals */
    this.nodes = new Map();
    /** @type {Map<string, Edge[]>} by their names, in the order of the picture */
    this.edges = new Map();
    /** @type {Map<string, Edge[]>} by the name of the part that they start from */
    this.from = new Map();
    /** @type {Map<string, Edge[]>} by the name of the part that they lead to */
    this.into = new Map();
    /** @type {Set<Element>} */
    this.lit = new Set();
    /** @type {Element | null} */
    this.changing = null;
    for (const element of svg.querySelectorAll("g")) {
      const name = element.dataset.name;
      if (!name) continue;
      if (element.classList.contains("node")) this.nodes.set(name, box(element));
      else this.addEdge(name, element);
    }
  }

  /** @param {string} name @param {SVGGElement} element */
  addEdge(name, element) {
    const [start, end] = name.split("->");
    const edge = { element, end };
    for (const [map, key] of /** @type {const} */ ([
      [this.edges, name],
      [this.from, start],
      [this.into, end],
    ])) {
      const edges = map.get(key);
      if (edges) edges.push(edge);
      else map.set(key, [edge]);
    }
  }

  /** Let each number begin where it does now, since a centred one would move as it changes. */
  pin() {
    if (this.pinned) return;
    const texts = [...this.nodes.values()].flatMap(({ fields }) =>
      [...fields.values()].map(({ text }) => /** @type {SVGTextElement} */ (text.parentNode)),
    );
    const lengths = texts.map((text) => text.getComputedTextLength());
    this.pinned = lengths.some(Boolean); // not while the picture is hidden
    if (!this.pinned) return;
    texts.forEach((text, i) => {
      if (text.getAttribute("text-anchor") !== "middle") return;
      text.setAttribute("x", String(Number(text.getAttribute("x")) - lengths[i] / 2));
      text.setAttribute("text-anchor", "start");
    });
  }

  /** Bring the numbers to where so many of the changes are done. @param {number} done */
  go(done) {
    this.pin();
    while (this.done < done) this.set(this.changes[this.done++], "after");
    while (this.done > done) this.set(this.changes[--this.done], "before");
  }

  /** Put in the number that the changed box holds before or after a step. @param {Change} change @param {"before" | "after"} when */
  set(change, when) {
    const number = change[when];
    const box = this.nodes.get(change.child || change.node);
    const field = box?.fields.get(change.field);
    if (!box || !field || number === undefined) return;
    field.text.data = `${field.word} ${number}`;
    if (box.element.hasAttribute("aria-label")) describe(box);
  }

  /** Light what the last change is about. */
  light() {
    const change = this.changes[this.done - 1];
    this.lightParts(change ? this.partsOf(change) : []);
    this.changing = this.boxes().at(-1) ?? null;
    this.changing?.setAttribute(CHANGING, change.field);
  }

  /** The boxes that the last change is about, that of the number last. @returns {SVGGElement[]} */
  boxes() {
    const { node, child } = this.changes[this.done - 1] ?? {};
    return [node, child].flatMap((name) => (name && this.nodes.get(name)?.element) || []);
  }

  /** Light these parts and no others. @param {Iterable<Element>} parts */
  lightParts(parts) {
    const now = new Set(parts);
    for (const part of this.lit) if (!now.has(part)) part.classList.remove(LIT);
    for (const part of now) if (!this.lit.has(part)) part.classList.add(LIT);
    this.lit = now;
    this.changing?.removeAttribute(CHANGING);
    this.changing = null;
  }

  /** The values and the edges that a step goes through. @param {Change} change @returns {Element[]} */
  partsOf({ node, child, parallelIndex, field }) {
    const operation = this.nodes.has(`${node}op`) ? `${node}op` : node;
    const result = operation === node ? [] : this.edge(`${operation}->${node}`);
    const boxes = [this.nodes.get(node), this.nodes.get(operation), this.nodes.get(child)];
    /** @type {Edge[]} */
    let edges = [];
    if (child) edges = [...this.edge(`${child}->${operation}`, parallelIndex), ...result];
    else if (field === "data") edges = [...(this.into.get(operation) ?? []), ...result];
    else boxes.splice(1, 1); // the first gradient comes from no operation
    return [...boxes, ...edges].flatMap((part) => part?.element ?? []);
  }

  /** @param {string} name @param {number} parallelIndex */
  edge(name, parallelIndex = 0) {
    return this.edges.get(name)?.slice(parallelIndex, parallelIndex + 1) ?? [];
  }

  /** A box, and everything on a path from it to the root. @param {string} name */
  pathsFrom(name) {
    const reached = new Set([name]);
    const parts = [];
    for (const start of reached) {
      const node = this.nodes.get(start);
      if (node) parts.push(node.element);
      for (const { element, end } of this.from.get(start) ?? []) {
        parts.push(element);
        reached.add(end); // a set goes on to what is added meanwhile
      }
    }
    return parts;
  }
}

/** @param {SVGGElement} element @returns {Box} */
function box(element) {
  const fields = new Map();
  let label = "";
  for (const text of element.querySelectorAll("text")) {
    const content = /** @type {Text | null} */ (text.firstChild);
    const field = ["data", "grad"].find((field) => text.classList.contains(`mygrad-${field}`));
    if (!content) continue;
    if (field) fields.set(field, { word: content.data.split(" ")[0], text: content });
    else label = content.data;
  }
  return { element, label, fields };
}

/** Tell a screen reader what a box holds now. @param {Box} box */
export function describe({ element, label, fields }) {
  const numbers = [...fields.values()].map(({ text }) => text.data).join(", ");
  element.setAttribute("aria-label", label ? `${label}: ${numbers}` : numbers);
}
