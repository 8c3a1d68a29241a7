/**
 * A block of a page: its editor, the row above it, what stands below it.
 */

import * as edits from "./edits.js";
import { Editor } from "./editor.js";
import { Output } from "./output.js";
import { NotStarted } from "./python.js";
import { shown } from "./terminal.js";
import { Toolbar } from "./toolbar.js";

/**
 * @typedef {object} Facts what the build knows about a block
 * @property {number} number in its page, from 1
 * @property {string} raises the error that it is to raise; empty for none
 * @property {string} needs what it needs and this page lacks: "torch", "depth", or nothing
 * @property {string | null} needed the code in front of it that makes it a program of its own
 */

/** @type {Record<string, string>} */
const CANNOT_RUN = {
  torch: "needs PyTorch, which does not run in a page",
  depth: "needs a deeper stack than a page has",
};

/** Milliseconds between two words to a screen reader about what is being loaded. */
const SPOKEN = 10_000;
const LARGE = 20; // characters: a loss of fewer is soon typed again
const MOST_SHOWN = 200_000; // characters: the editor takes two seconds for them at a key

/**
 * @typedef {object} PageOfBlocks
 * @property {import("./session.js").Session | null} session
 * @property {(text: string) => void} announce
 * @property {() => void} touched
 * @property {(code: string) => string} keyOf
 * @property {(block: Block, clicked: boolean) => string} refusal why it is not to be run yet
 */

export class Block {
  /**
   * @param {HTMLElement} element
   * @param {Facts} facts
   * @param {PageOfBlocks} page
   */
  constructor(element, facts, page) {
    this.element = element;
    this.facts = facts;
    this.page = page;
    this.name = `Block ${facts.number}`;
    this.runs = !CANNOT_RUN[facts.needs];
    const verified = /** @type {HTMLElement[]} */ ([
      ...document.querySelectorAll(`[data-below="${facts.number}"]`),
    ]);
    this.expected = textOf(verified.find((below) => below.matches(".language-text")));
    const code = /** @type {HTMLElement} */ (element.querySelector("pre > code"));
    const actions = {
      run: () => this.ask(true),
      stop: () => page.session?.python.stop(),
      restore: () => this.restore(),
      undo: () => this.undo(),
      take: () => this.takeOver(),
      program: () => `${facts.needed}${this.code}\n`,
    };
    this.toolbar = new Toolbar(element, this.name, actions, facts.needed !== null);
    this.editor = new Editor(code, `Code of block ${facts.number}`, () => this.changed());
    this.output = new Output(element, verified, facts.number, () => this.tryAgain());
    this.original = this.editor.original;
    this.running = false;
    this.state = "";
    this.loading = ""; // what its run waits for
    this.announced = 0; // when that was last told to a screen reader
    this.notice = ""; // why it has not run to its end, until something is changed
    /** @type {string | null} the code that what stands below follows from; null: the page's own */
    this.basis = null;
    if (!this.runs) this.toolbar.refuse();
    this.base = this.original; // what Restore brings back
    this.key = page.keyOf(this.original); // of what the reader makes of it
    /** @type {string | null} what is kept under it, as far as this tab knows */
    this.kept = null;
    this.elsewhere = false; // whether another tab has kept something else since
    this.fullest = ""; // the code before its reader has taken much away
    this.fetch();
    element.addEventListener("keydown", (event) => {
      if (
        event.target !== this.editor.area ||
        event.key !== "Enter" ||
        !(event.ctrlKey || event.metaKey)
      )
        return;
      event.preventDefault();
      if (this.runs) this.ask(false);
    });
  }

  get code() {
    return this.editor.value;
  }

  get edited() {
    return this.editor.edited;
  }

  /** Whether it holds what its reader has written, and Restore would take away. */
  get altered() {
    return this.code !== this.base;
  }

  /** Whether Undo brings back what Restore has taken away. */
  get undoable() {
    return !this.altered && edits.asideOf(this.key).length > 0;
  }

  /** Run it, unless there is something to be read first. @param {boolean} clicked and not by a key in the code */
  ask(clicked) {
    const refusal = this.page.refusal(this, clicked);
    if (!refusal) {
      this.page.session?.run(this);
      return;
    }
    this.notice = refusal;
    this.toolbar.say(refusal);
    this.page.announce(`${this.name} has not run: ${refusal}`);
  }

  changed() {
    this.heedLoss();
    this.keep();
    this.page.touched();
  }

  /** Set aside what stood here before more than half of it went, at once or bit by bit. */
  heedLoss() {
    const { length } = this.fullest;
    const lost = length - inCommon(this.fullest, this.code);
    const large = lost >= LARGE && lost > length / 2;
    const fits = length <= MOST_SHOWN; // or it would take the room of all that comes after it
    if (large && fits && this.fullest !== this.base) edits.setAside(this.key, this.fullest);
    if (large || this.code.length > this.fullest.length) this.fullest = this.code;
  }

  /** Keep the code as it is, and set aside what another tab has kept meanwhile. */
  keep() {
    const stored = edits.load(this.key);
    if (stored !== null && stored !== this.kept) edits.setAside(this.key, stored);
    this.kept = this.altered ? this.code : null;
    this.elsewhere = false;
    edits.save(this.key, this.kept);
  }

  /** Show what is kept of it; where that is nothing, or too much to be edited, its base. */
  fetch() {
    const stored = edits.load(this.key);
    this.kept = stored !== null && stored.length <= MOST_SHOWN ? stored : null;
    this.elsewhere = false;
    this.editor.value = this.kept ?? this.base;
    this.fullest = this.code;
  }

  /** Look whether another tab has kept something else: what stands here stays until its reader decides. */
  heed() {
    const stored = edits.load(this.key);
    this.elsewhere = stored !== this.kept && (stored ?? this.base) !== this.code;
    if (!this.elsewhere) this.kept = stored;
  }

  /** Put other code in. What its reader had written is set aside. @param {string} code */
  put(code) {
    const before = this.altered ? this.code : code;
    this.editor.value = code;
    this.fullest = code;
    this.keep();
    if (before !== code) edits.setAside(this.key, before);
    this.page.touched();
  }

  /** Show other code, whose changes are kept under another key. @param {string} base @param {string} key */
  move(base, key) {
    this.base = base;
    this.key = key;
    this.fetch();
    this.page.touched();
  }

  restore() {
    this.state = "";
    if (this.base === this.original) {
      this.output.restore();
      this.basis = null;
    }
    this.put(this.base);
    if (this.undoable) this.page.announce(`${this.name} is restored. Undo brings yours back.`);
  }

  undo() {
    const [latest] = edits.asideOf(this.key);
    edits.save(latest.key, null);
    this.put(latest.code);
    this.page.announce(`${this.name} is yours again.`);
  }

  takeOver() {
    this.kept = edits.load(this.key);
    this.put(this.kept ?? this.base);
  }

  // What the session tells it.

  starts() {
    this.running = true;
    if (this.page.session) this.page.session.python.says = (text) => this.loads(text);
    this.loading = "";
    this.announced = -Infinity;
    this.state = "running";
    this.begin();
  }

  /** What the last run has left goes, but for its output: that stays until something new comes. */
  begin() {
    this.notice = "";
    this.editor.markLine(0);
    this.output.begin();
  }

  /** @param {Block} other that runs first */
  waits(other) {
    this.state = `waits for block ${other.facts.number}, which runs first`;
    this.toolbar.say(this.state);
  }

  /** @param {Block} other that failed, so that this one has not run */
  stuck(other) {
    this.running = false;
    this.notice = `not run: block ${other.facts.number} above fails`;
    this.output.cancel();
    this.page.announce(`${this.name}: ${this.notice}`);
  }

  /** @param {import("./python.js").Ended} error @param {Block} other during which Python has ended: this one, or one above */
  ended(error, other) {
    const reason = error.message;
    this.running = false;
    if (error instanceof NotStarted) {
      this.notStarted(reason);
      return;
    }
    this.brokenOff(reason);
    if (other !== this) {
      const end = reason.startsWith("Stopped") ? "was stopped" : "has not ended";
      this.notice = `not run: block ${other.facts.number} ${end}`;
    }
    this.page.announce(`${this.name}: ${this.notice}`);
  }

  /** @param {string} reason */
  notStarted(reason) {
    this.notice = "Python could not be loaded";
    this.output.offerAgain(reason);
    this.page.announce(`${this.name}: ${reason}`);
  }

  /** By a button that goes with it: the keys go on at Stop. */
  tryAgain() {
    this.ask(true);
    this.toolbar.stop.focus();
  }

  /** Its run waits while something is loaded; empty: no longer. @param {string} progress */
  loads(progress) {
    this.loading = progress;
    this.toolbar.say(progress || this.state);
    const now = performance.now();
    if (!progress || now - this.announced < SPOKEN) return;
    this.announced = now;
    this.page.announce(`${this.name}: ${progress}`);
  }

  /** @param {string} reason */
  brokenOff(reason) {
    this.notice = reason;
    this.output.breakOff(reason);
  }

  /** @param {import("./python.js").Python} python */
  execute(python) {
    if (!this.running) this.begin();
    this.toolbar.say("running");
    return python.run(
      {
        code: this.code,
        number: this.facts.number,
        expected: this.expected,
        raises: this.facts.raises,
        own: !this.edited,
      },
      (text) => this.output.print(text),
    );
  }

  /**
   * @param {import("./python.js").Outcome} outcome
   * @param {string} basis the code that it follows from
   * @param {boolean} asShown whether that is the page's own code
   */
  finished(outcome, basis, asShown) {
    const asked = this.running;
    this.running = false;
    this.basis = basis;
    if (!asShown) outcome.difference = "";
    this.state = outcome.failed
      ? "failed"
      : !asShown
        ? "ran"
        : outcome.difference
          ? "differs from the page"
          : "ran, as on the page";
    this.output.finish(outcome, outcome.ended || outcome.difference, asShown);
    this.editor.markLine(outcome.failed ? outcome.line : 0);
    if (asked) this.page.announce(`${this.name} ${this.state}. ${spoken(outcome)}`);
  }

  /** @param {import("./session.js").Session} session */
  tell(session) {
    const current =
      this.basis === null ? session.original(this) : this.basis === session.codes(this);
    const behind = this.edited ? "edited" : "out of date";
    const state =
      this.notice ||
      CANNOT_RUN[this.facts.needs] ||
      (this.elsewhere && !this.running ? "changed in another tab" : "") ||
      (this.running || current
        ? (this.running && this.loading) || this.state || (this.undoable ? "restored" : "")
        : behind);
    this.element.classList.toggle("mygrad-block--edited", this.edited);
    if (!current) this.editor.markLine(0);
    this.output.setCurrent(current || this.running);
    this.toolbar.update({
      running: this.running,
      busy: session.busy,
      altered: this.altered,
      undoable: this.undoable,
      elsewhere: this.elsewhere,
      state,
    });
  }
}

/** @param {HTMLElement | undefined} element @returns {string | null} */
function textOf(element) {
  return element?.querySelector("code")?.textContent ?? null;
}

/** How many characters two texts share at their ends. @param {string} a @param {string} b */
function inCommon(a, b) {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return start + end;
}

/** The beginning of an output, for a screen reader. @param {import("./python.js").Outcome} outcome */
function spoken(outcome) {
  const text = outcome.traceback
    ? (outcome.traceback.trim().split("\n").pop() ?? "")
    : shown(outcome.printed);
  return text.length > 200 ? `${text.slice(0, 200)} and more` : text;
}
