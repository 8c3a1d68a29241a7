/**
 * A block's editor: a plain text area that lies over the page's own code.
 *
 * The text area brings undo, selection, input methods and dark mode.  Its letters are invisible:
 * the reader sees the coloured code below, which is coloured anew with each change.
 */

import { highlighted } from "./highlight.js";

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
    this.coloured = [...code.childNodes].map((node) => node.cloneNode(true)); // by Pygments
    this.area = document.createElement("textarea");
    this.area.className = "mygrad-editor";
    this.area.value = this.original;
    this.area.setAttribute("aria-label", name);
    this.area.setAttribute("autocapitalize", "off");
    this.area.setAttribute("autocomplete", "off");
    this.area.setAttribute("autocorrect", "off");
    this.area.spellcheck = false;
    this.area.wrap = "off";
    code.ariaHidden = "true"; // or it would be read twice
    code.after(this.area);
    this.mark = document.createElement("div"); // of the line that failed
    this.mark.className = "mygrad-line";
    this.mark.hidden = true;
    code.after(this.mark);

    // Whoever passes by with Tab passes on with Tab.  Whoever works here indents with it.
    this.working = false;
    this.area.addEventListener("focus", () => (this.working = false));
    this.area.addEventListener("pointerdown", () => setTimeout(() => (this.working = true)));
    this.area.addEventListener("input", () => {
      this.working = true;
      this.show();
      this.changed();
    });
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.follow()).observe(this.area);
  }

  get value() {
    return this.area.value;
  }

  /** Put other code in, as if it had been there from the start. @param {string} code */
  set value(code) {
    this.area.value = code;
    this.show();
  }

  get edited() {
    return this.value !== this.original;
  }

  /** Mark a line, counted from 1, as the one that failed; 0 for none. @param {number} line */
  markLine(line) {
    this.mark.hidden = !line;
    this.mark.style.setProperty("--line", String(line - 1));
  }

  /** Bring the code below up to what the text area holds. */
  show() {
    this.markLine(0);
    if (this.edited) this.code.replaceChildren(highlighted(`${this.value}\n`));
    else this.code.replaceChildren(...this.coloured.map((node) => node.cloneNode(true)));
    this.area.rows = this.value.split("\n").length;
    this.follow();
  }

  follow() {
    this.code.scrollLeft = this.area.scrollLeft;
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
