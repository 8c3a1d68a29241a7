/**
 * Forgets what the browser keeps of this site: asks first, says what will be gone, and brings it
 * back as long as the tab shows the site.
 *
 * @typedef {object} Kept one kind of what is kept
 * @property {() => string | Promise<string>} name such as "3 edits on 2 pages"; empty for nothing
 * @property {() => (() => void) | Promise<() => void>} forget gives the function that brings it back
 */

import { button } from "./dialogue.js";
import * as edits from "./edits.js";

/** All kinds, in the order in which they are named. @type {Kept[]} */
export const kinds = [{ name: nameOfEdits, forget: forgetEdits }];

/** @type {(() => void)[]} what brings back all that was forgotten */
let waysBack = [];

/** The part of a dialogue that does it. @returns {Promise<HTMLElement>} */
export async function forgetting() {
  const part = document.createElement("p");
  part.setAttribute("role", "status");
  await show(part);
  return part;
}

/** @param {HTMLElement} part */
async function show(part) {
  const kept = (await Promise.all(kinds.map(({ name }) => name()))).filter(Boolean);
  const unkept = inWords(edits.ofSite().filter(edits.isUnkept));
  const all = listed([...kept, ...(unkept ? [`${unkept} that only this tab has`] : [])]);
  const content = [];
  if (waysBack.length) {
    content.push(
      "Forgotten, and gone for good when you leave. ",
      button("Undo", () => undo(part)),
    );
  } else if (!all) {
    content.push("This browser keeps nothing of what you do here.");
  }
  if (kept.length) content.push(` This browser keeps ${listed(kept)}. `);
  if (unkept) content.push(` Only this tab has ${unkept}, until you leave: ${edits.trouble()}. `);
  if (all) content.push(button("Forget…", () => ask(part, all)));
  part.replaceChildren(...content);
}

/** @param {HTMLElement} part @param {string} all */
function ask(part, all) {
  const keep = button("Keep", () => show(part));
  const forget = button("Forget it all", async () => {
    for (const kind of kinds) waysBack.push(await kind.forget());
    await show(part);
    part.querySelector("button")?.focus();
  });
  part.replaceChildren(`Forget ${all}? `, keep, " ", forget);
  keep.focus();
}

/** @param {HTMLElement} part */
async function undo(part) {
  for (const bringBack of waysBack.reverse()) bringBack();
  waysBack = [];
  await show(part);
  part.querySelector("button")?.focus();
}

function nameOfEdits() {
  return inWords(edits.ofSite().filter((text) => !edits.isUnkept(text)));
}

/** @param {import("./edits.js").Text[]} texts */
function inWords(texts) {
  if (!texts.length) return "";
  const pages = new Set(texts.map(({ key }) => edits.pathOf(key))).size;
  const now = texts.filter(({ key }) => !edits.isAside(key)).length;
  const names = [];
  if (now) names.push(count(now, "edit"));
  if (texts.length > now) names.push(count(texts.length - now, "earlier version"));
  return `${names.join(" and ")} of code on ${count(pages, "page")}`;
}

function forgetEdits() {
  const texts = edits.ofSite();
  for (const { key } of texts) edits.save(key, null);
  dispatchEvent(new Event(edits.REPLACED));
  return () => {
    edits.putBack(texts);
    dispatchEvent(new Event(edits.REPLACED));
  };
}

/** @param {string[]} names */
function listed(names) {
  return new Intl.ListFormat("en").format(names);
}

/** @param {number} number @param {string} thing */
function count(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
