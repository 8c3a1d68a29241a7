/**
 * The bar in the corner: how many blocks of the page are edited, the way back, the way back from
 * that, what was written earlier, and whether all of it is kept.
 *
 * @typedef {import("./block.js").Block} Block
 */

import { button } from "./dialogue.js";
import { showEarlier, unseen } from "./earlier.js";
import * as edits from "./edits.js";

export class Bar {
  /** @param {import("./earlier.js").PageOfEdits} page @param {(text: string) => void} announce */
  constructor(page, announce) {
    this.page = page;
    this.announce = announce;
    /** @type {Block[]} by the last "Restore all" */
    this.restored = [];
    this.trouble = "";
    this.element = document.createElement("div");
    this.element.className = "mygrad-edits";
    this.text = document.createElement("span");
    this.restore = button("Restore all", () => this.restoreAll());
    this.undo = button("Undo", () => this.undoAll());
    this.undo.title = "Bring back what was restored in all blocks";
    this.earlier = button("Earlier versions", () => showEarlier(page));
    this.element.append(this.text, this.restore, this.undo, this.earlier);
  }

  update() {
    const edited = this.page.blocks.filter((block) => block.altered).length;
    this.restored = edited ? [] : this.restored.filter((block) => block.undoable);
    const restored = this.restored.length;
    const trouble = edits.trouble();
    if (trouble && !this.trouble) this.announce(`What you write here is not kept: ${trouble}.`);
    this.trouble = trouble;
    const texts = [];
    if (edited) texts.push(`${inWords(edited)} edited`);
    if (restored) texts.push(`${inWords(restored)} restored`);
    if (trouble) texts.push(`not kept, since ${trouble}: copy what you need before you leave`);
    this.text.textContent = texts.join("; ");
    this.restore.hidden = !edited;
    this.undo.hidden = !restored;
    this.earlier.hidden = !unseen(this.page).length;
    this.element.hidden = !texts.length && this.earlier.hidden;
  }

  restoreAll() {
    const edited = this.page.blocks.filter((block) => block.altered);
    for (const block of edited) block.restore();
    this.restored = edited;
    this.update();
    this.undo.focus();
    this.announce(`${inWords(edited.length)} restored. Undo brings yours back.`);
  }

  undoAll() {
    const { restored } = this;
    for (const block of restored) block.undo();
    this.restore.focus();
    this.announce(`${inWords(restored.length)} yours again.`);
  }
}

/** @param {number} count */
function inWords(count) {
  return `${count} ${count === 1 ? "block" : "blocks"}`;
}
