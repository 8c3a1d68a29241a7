/**
 * A block's editor: a plain text area that lies over the page's own code.
 *
 * The text area brings undo, selection, input methods and dark mode.  Its letters are invisible:
 * the reader sees the coloured code below, which is coloured anew with each change.  Both hold the
 * same letters in the same rows, or the cursor would stand elsewhere than where it seems to.
 */

import { inWords, rows } from "./rows.js";
import { meant, shown } from "./unseen.js";

const INDENT = "    ";

export class Editor {
  /**
   * @param {HTMLElement} code the page's own code element
   * @param {string} name what a screen reader calls it
   * @param {() => void} changed called after each change
   */
  constructor(code, name, changed) {
    this.code = code;
    this.changed = changed;
    this.original = (code.textContent ?? "").replace(/\n$/, "");
    this.area = document.createElement("textarea");
    this.area.className = "mygrad-editor";
    this.area.setAttribute("aria-label", name);
    this.area.setAttribute("autocapitalize", "off");
    this.area.setAttribute("autocomplete", "off");
    this.area.setAttribute("autocorrect", "off");
    this.area.spellcheck = false;
    this.area.wrap = "off"; // the styles say which rows wrap
    code.ariaHidden = "true"; // or it would be read twice
    code.after(this.area);
    this.unseen = document.createElement("p"); // what is said of characters that are not seen
    this.unseen.className = "mygrad-unseen-note";
    this.unseen.id = `unseen-${name.replaceAll(" ", "-")}`;
    this.area.setAttribute("aria-describedby", this.unseen.id);
    code.parentElement?.after(this.unseen);
    this.working = false; // whoever passes by with Tab passes on with Tab, and else indents with it
    this.resized = new ResizeObserver(() => this.follow());
    this.listen();
    this.value = this.original;
  }

  listen() {
    const { area } = this;
    area.addEventListener("focus", () => (this.working = false));
    area.addEventListener("pointerdown", () => setTimeout(() => (this.working = true)));
    area.addEventListener("beforeinput", (event) => this.beforeInput(event));
    area.addEventListener("input", (event) => {
      if (area !== this.area) return; // the browser undoes something in one that has gone
      this.working = true;
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.standIn();
      this.show();
      this.changed();
    });
    for (const kind of /** @type {const} */ (["copy", "cut"])) {
      area.addEventListener(kind, (event) => this.copy(event));
    }
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("scroll", () => this.follow());
    area.addEventListener("pointermove", (event) => this.nameBelow(event));
    this.resized.disconnect();
    this.resized.observe(area);
  }

  /**
   * Put a text in, in a text area of its own: in the old one, the browser would undo earlier
   * changes at places where now other letters stand.
   *
   * @param {string} text
   */
  replace(text) {
    const old = this.area;
    if (old.value === text) return;
    const focused = old === document.activeElement;
    this.area = /** @type {HTMLTextAreaElement} */ (old.cloneNode());
    this.area.value = text;
    this.listen();
    old.replaceWith(this.area);
    if (focused) this.area.focus({ preventScroll: true });
  }

  get value() {
    return meant(this.area.value);
  }

  /** Put other code in, as if it had been there from the start. @param {string} code */
  set value(code) {
    this.replace(shown(code));
    this.show();
  }

  get edited() {
    return this.value !== this.original;
  }

  /** Whether long lines wrap; on a narrow screen they always do. */
  get wraps() {
    return Boolean(this.code.parentElement?.classList.contains("mygrad-wraps"));
  }

  set wraps(wraps) {
    this.code.parentElement?.classList.toggle("mygrad-wraps", wraps);
  }

  /** Mark a line, counted from 1, as the one that failed; 0 for none. @param {number} line */
  markLine(line) {
    this.code.querySelector(".mygrad-line")?.classList.remove("mygrad-line");
    if (line) this.code.children[line - 1]?.classList.add("mygrad-line");
  }

  /** Bring the code below up to what the text area holds. */
  show() {
    const lines = rows(`${this.area.value}\n`);
    this.code.replaceChildren(...lines);
    this.unseen.textContent = inWords(lines);
    this.follow();
  }

  follow() {
    this.code.scrollLeft = this.area.scrollLeft;
  }

  /** Let a stand-in come in place of what is not seen. @param {InputEvent} event */
  beforeInput(event) {
    const { data } = event;
    if (!data || shown(data) === data || event.isComposing) return;
    event.preventDefault();
    insert(this.area, shown(data));
  }

  /** The same for what came in another way. */
  standIn() {
    const { value, selectionEnd } = this.area;
    if (shown(value) === value) return;
    this.replace(shown(value));
    this.working = true;
    const cursor = shown(value.slice(0, selectionEnd)).length;
    this.area.setSelectionRange(cursor, cursor);
  }

  /** Give the clipboard what is meant. @param {ClipboardEvent} event */
  copy(event) {
    const { value, selectionStart, selectionEnd } = this.area;
    const selected = value.slice(selectionStart, selectionEnd);
    if (meant(selected) === selected) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", meant(selected));
    if (event.type === "cut") insert(this.area, "");
  }

  /** Say what is not seen below the pointer. @param {PointerEvent} event */
  nameBelow({ clientX, clientY }) {
    if (!this.unseen.textContent) return;
    const below = document.elementsFromPoint(clientX, clientY);
    const mark = below.find((element) => element.matches(".mygrad-unseen"));
    this.area.title = mark?.getAttribute("title") ?? "";
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") this.working = false;
    else if (event.key === "Tab" && this.working && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) this.unindent();
      else insert(this.area, INDENT);
    } else if (event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const line = this.line();
      insert(
        this.area,
        `\n${/^ */.exec(line)?.[0] ?? ""}${line.trimEnd().endsWith(":") ? INDENT : ""}`,
      );
    } else if (event.key.length === 1 || event.key.startsWith("Arrow")) {
      this.working = true;
    }
  }

  /** The line of the cursor, up to the cursor. */
  line() {
    const before = this.value.slice(0, this.area.selectionStart);
    return before.slice(before.lastIndexOf("\n") + 1);
  }

  unindent() {
    const start = this.area.selectionStart;
    const lineStart = this.value.lastIndexOf("\n", start - 1) + 1;
    const spaces = /^ {1,4}/.exec(this.value.slice(lineStart))?.[0].length ?? 0;
    if (!spaces) return;
    this.area.setSelectionRange(lineStart, lineStart + spaces);
    insert(this.area, "");
    const cursor = Math.max(lineStart, start - spaces);
    this.area.setSelectionRange(cursor, cursor);
  }
}

/**
 * Type a text in place of the selection, so that it can be undone.
 *
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 */
function insert(area, text) {
  // Deprecated, and still the only way that keeps the undo history.
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input"));
}
