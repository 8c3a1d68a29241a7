/**
 * The Python of a page: a worker, started when it is first needed and again after it ended.
 *
 * It is *clean* as long as it has run nothing but the page's own blocks.  A block that a reader has
 * changed, or taken from somebody, may change all that runs after it, so a Python that has run one
 * is never believed when it says that a block ran as on the page.
 *
 * @typedef {object} Outcome what a block did
 * @property {string} printed
 * @property {string} traceback empty where it raised nothing
 * @property {number} line the line of the block that failed, from 1; 0 where none did
 * @property {string} picture its last expression as SVG, or as HTML where that is a film, if it draws itself
 * @property {string} difference in what it differs from the page; empty where it does not
 * @property {boolean} failed whether it raised what the page does not announce
 * @property {boolean} clean whether it can be believed: its Python has run the page's own blocks alone
 * @property {string} ended why Python had to be ended after it; empty where it goes on
 *
 * @typedef {object} Task
 * @property {(outcome: Outcome) => void} resolve
 * @property {(reason: Ended) => void} reject
 * @property {(text: string) => void} print
 * @property {string} raises
 * @property {string} printed
 */

import { heard } from "./heard.js";

/** More than worker.js lets a block print, on its streams together. */
const MOST_CHARACTERS = 500_000;

/** Python has ended, on request or by itself: nothing of the session is left. */
export class Ended extends Error {}

export class Python {
  /** @param {URL} address of the worker's script */
  constructor(address) {
    // A worker from a blob has the page's Content-Security-Policy.  From an address it would have the
    // one that its own response brings, and a host of plain files sends none.
    const script = new Blob([`import ${JSON.stringify(address.href)};`], {
      type: "text/javascript",
    });
    this.script = URL.createObjectURL(script);
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Task | null} */
    this.task = null;
    this.ended = 0; // how often it has ended: with it, its session is gone
    this.clean = true;
    this.runs = 0; // so many have begun, and each has its number
  }

  /** Load it, so that the first run need not wait. @param {boolean} pictures whether the page has some */
  start(pictures) {
    if (this.worker) return;
    const worker = new Worker(this.script, { type: "module" });
    this.worker = worker;
    this.clean = true;
    this.worker.onmessage = ({ data }) => {
      if (worker === this.worker) this.hear(data);
    };
    this.worker.onerror = (event) => this.end(event.message || "Python could not be loaded.");
    this.worker.postMessage({ type: "load", pictures });
  }

  /**
   * A new session: no name of the last one is left.
   * @param {boolean} clean whether nothing of it may be left, which takes a second
   */
  reset(clean) {
    if (clean && !this.clean) this.end("");
    this.start(false);
    this.worker?.postMessage({ type: "reset" });
  }

  /**
   * Run a block.  What it prints goes to `print` piece by piece.
   *
   * @param {{code: string, number: number, expected: string | null, raises: string, own: boolean}} block
   *   own: whether the code is the page's own
   * @param {(text: string) => void} print
   * @returns {Promise<Outcome>}
   */
  run({ code, number, expected, raises, own }, print) {
    this.start(false);
    this.clean &&= own;
    const run = ++this.runs;
    return new Promise((resolve, reject) => {
      this.task = { resolve, reject, print, raises, printed: "" };
      this.worker?.postMessage({
        type: "run",
        run,
        block: number,
        source: code,
        name: `block ${number}`,
        expected: own ? { output: expected, raises: raises || null } : null,
      });
    });
  }

  /** End it at once, whatever it does. */
  stop() {
    this.end("Stopped.");
  }

  /** @param {unknown} data from the worker, which may have run anything */
  hear(data) {
    const message = heard(data);
    if (!message) {
      this.end("Python has answered what a page cannot read.");
    } else if (message.type === "restart") {
      this.end(message.reason);
    } else if (message.type !== "ready" && message.run === this.runs) {
      if (message.type === "printed") this.print(message);
      else this.finish(message);
    }
  }

  /** @param {import("./heard.js").Printed} message */
  print({ stream, text }) {
    if (!this.task) return;
    const told = stream === "note" ? `\n${text}\n` : text;
    this.task.printed += told;
    if (this.task.printed.length > MOST_CHARACTERS) this.end("Python has printed without an end.");
    else this.task.print(told);
  }

  /** @param {import("./heard.js").Done} message */
  finish({ error, differs, picture, restart }) {
    const task = this.task;
    this.task = null;
    task?.resolve({
      printed: task.printed,
      traceback: error?.traceback ?? "",
      line: error?.line ?? 0,
      picture: picture ?? "",
      difference: differs,
      failed: error !== null && error.name !== task.raises,
      clean: this.clean,
      ended: restart ? inWords(restart) : "",
    });
    if (restart) this.end(restart);
  }

  /** @param {string} reason */
  end(reason) {
    this.worker?.terminate();
    this.worker = null;
    this.ended++;
    const task = this.task;
    this.task = null;
    task?.reject(new Ended(inWords(reason)));
  }
}

/**
 * Why Python has ended, and what that means for the reader.
 *
 * @param {string} reason it may be a JavaScript error that came through Python
 */
function inWords(reason) {
  let words = reason;
  if (/call stack|too much recursion/i.test(reason)) {
    words = "Python has ended: that went deeper than a browser's stack.";
  } else if (/exit/i.test(reason)) {
    words = "The block has ended Python.";
  } else if (!/^(Stopped|Python)/.test(reason)) {
    words = `Python has ended: ${reason}.`;
  }
  return `${words} The next run starts from the top of the page.`;
}
