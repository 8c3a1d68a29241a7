/**
 * What a reader has written on a page and no block of it shows: edits of blocks that have changed
 * since, versions that were replaced, code of other links.
 *
 * @typedef {import("./block.js").Block} Block
 * @typedef {import("./edits.js").Text} Text
 *
 * @typedef {object} PageOfEdits
 * @property {string} path
 * @property {Block[]} blocks
 * @property {() => void} touched
 * @property {string} own the key that `home` shows; empty where there is none
 * @property {(() => Block) | null} home gives the block that takes any text, where there is one
 */

import { copy } from "./copy.js";
import { button, showDialogue } from "./dialogue.js";
import * as edits from "./edits.js";

/** @type {Text[]} taken off the list, and still in it as long as the tab shows the site */
const dropped = [];

/** @param {PageOfEdits} page @returns {Text[]} those that no button beside a block brings back */
export function unseen({ path, blocks, own }) {
  const seen = new Set(blocks.map((block) => block.code));
  for (const block of blocks) if (block.undoable) seen.add(edits.asideOf(block.key)[0].code);
  const kept = [...edits.ofPage(path), ...dropped.filter(({ key }) => edits.pathOf(key) === path)];
  const ownIsNear = !blocks.some((block) => block.key === own); // by the button that shows it
  return kept
    .filter(({ key, code }) => !seen.has(code) && !(key === own && ownIsNear))
    .sort((a, b) => edits.timeOf(b.key) - edits.timeOf(a.key));
}

/** @param {PageOfEdits} page */
export function showEarlier(page) {
  const heading = document.createElement("h2");
  heading.textContent = "What you wrote here earlier";
  const list = document.createElement("ul");
  const texts = unseen(page);
  list.append(...texts.map((text) => itemOf(text, page)));
  const order = document.createElement("p");
  order.textContent = "The newest comes first.";
  order.hidden = texts.length < 2;
  showDialogue(heading, order, list);
}

/** @param {string} key @param {Block | undefined} block */
function whose(key, block) {
  const replaced = edits.isAside(key) ? `replaced ${inWords(edits.timeOf(key))}` : "";
  if (block) return `${block.name}, ${replaced || "as it is kept"}`;
  const origin = edits.isOfLink(key)
    ? "Made from a link or an example"
    : "Made from a block that has changed since, or is gone";
  return replaced ? `${origin}; ${replaced}` : origin;
}

/** @param {number} milliseconds since 1970; what was kept with a damaged time has none */
function inWords(milliseconds) {
  const date = new Date(milliseconds);
  if (!milliseconds || Number.isNaN(date.getTime())) return "since";
  const time = date.toLocaleTimeString("en-GB");
  if (date.toDateString() === new Date().toDateString()) return `today, ${time}`;
  return `on ${date.toLocaleDateString("en-GB", { dateStyle: "long" })}, ${time}`;
}

/** @param {Text} text @param {PageOfEdits} page */
function itemOf(text, page) {
  const block = page.blocks.find((each) => edits.belongs(text.key, each.key));
  const item = document.createElement("li");
  const name = document.createElement("p");
  name.textContent = whose(text.key, block);
  const area = document.createElement("textarea");
  area.className = "mygrad-text";
  area.readOnly = true;
  area.value = text.code;
  area.rows = Math.min(8, text.code.split("\n").length);
  area.setAttribute("aria-label", name.textContent);
  const copying = button("Copy", async () => {
    copying.textContent = (await copy(text.code)) ? "Copied" : "Not copied";
  });
  const dropping = button("", () => {
    if (dropped.includes(text)) {
      dropped.splice(dropped.indexOf(text), 1);
      edits.putBack([text]);
    } else {
      dropped.push(text);
      edits.save(text.key, null);
    }
    sayDropped();
    page.touched();
  });
  const sayDropped = () =>
    (dropping.textContent = dropped.includes(text) ? "Dropped. Undo" : "Drop");
  sayDropped();
  item.append(name, area, copying, dropping);
  const target = block ? () => block : page.home;
  if (target) copying.before(button("Put back", () => putBack(text, target(), item)));
  return item;
}

/** @param {Text} text @param {Block} block @param {HTMLElement} item */
function putBack(text, block, item) {
  if (dropped.includes(text)) dropped.splice(dropped.indexOf(text), 1);
  edits.save(text.key, null);
  block.put(text.code);
  item.closest("dialog")?.close();
  block.element.scrollIntoView({ block: "start" });
  block.editor.area.focus();
}
