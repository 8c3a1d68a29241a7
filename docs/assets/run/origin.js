/**
 * Where the playground's code comes from: said above it, with a way back to the reader's own.
 */

import { lineCount, scattered } from "./address.js";
import { button } from "./dialogue.js";
import { rows } from "./rows.js";
import { shown } from "./unseen.js";

export class Origin {
  /** @param {import("./block.js").Block} block @param {() => void} goToOwn */
  constructor(block, goToOwn) {
    this.block = block;
    this.element = document.createElement("div");
    this.element.className = "mygrad-origin";
    this.element.hidden = true;
    this.warning = document.createElement("p");
    this.words = document.createElement("p");
    this.lines = document.createElement("ol");
    this.lines.className = "mygrad-wraps";
    this.own = button("My own code", goToOwn);
    this.element.append(this.warning, this.words, this.lines, this.own);
    block.element.before(this.element);
    this.end = document.createElement("div");
    block.element.append(this.end);
    this.endSeen = false;
    this.observer = new IntersectionObserver((entries) => {
      this.endSeen ||= entries.some(({ isIntersecting }) => isIntersecting);
    });
    this.hide();
  }

  get text() {
    return `${this.warning.textContent} ${this.words.textContent}`.trim();
  }

  /**
   * @param {"address" | "example"} from
   * @param {boolean} altered whether the reader has changed it before
   * @param {string} code
   */
  show(from, altered, code) {
    const isForeign = from === "address";
    const whose = isForeign
      ? "This code came with the address, and may be anybody's"
      : "An example";
    const lines = lineCount(code);
    const length = `${lines.toLocaleString("en")} ${lines === 1 ? "line" : "lines"}`;
    const spread = isForeign ? scattered(code) : [];
    this.hide();
    this.words.textContent =
      `${whose}: ${length}.` +
      (spread.length ? " Only these hold anything:" : "") +
      (altered ? " You have changed it; Restore brings back what came." : "");
    this.lines.replaceChildren(...spread.map(itemOf));
    this.own.hidden = false;
    this.element.hidden = false;
    this.block.editor.wraps = isForeign; // so that nothing stands behind the edge
    this.endSeen = false;
    this.observer.observe(this.end);
  }

  /** Say what is wrong with an address, until something is changed. @param {string} text */
  warn(text) {
    this.warning.textContent = text;
    this.element.hidden = !this.text;
  }

  hide() {
    this.words.textContent = "";
    this.lines.replaceChildren();
    this.own.hidden = true;
    this.block.editor.wraps = false;
    this.observer.disconnect(); // so that it looks anew
    this.warn("");
  }

  /** Whether the end of the code has been on the screen; if not, it is now. */
  seen() {
    const { top, bottom } = this.end.getBoundingClientRect();
    if (this.endSeen || (top >= 0 && bottom <= innerHeight)) return true;
    this.end.scrollIntoView({ block: "end" });
    this.endSeen = true;
    return false;
  }
}

/** @param {{number: number, text: string}} line */
function itemOf({ number, text }) {
  const item = document.createElement("li");
  item.value = number;
  const code = document.createElement("code");
  code.append(...rows(`${shown(text)}\n`));
  item.append(code);
  return item;
}
