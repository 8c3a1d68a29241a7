/**
 * The Python of this tab: a worker, started when it is first needed and again after it ended.
 *
 * @typedef {object} Outcome what a block did
 * @property {string} printed
 * @property {string} traceback empty where it raised nothing
 * @property {number} line the line of the block that failed, from 1; 0 where none did
 * @property {string} picture its last expression as SVG, or as HTML where that is a film, if it draws itself
 * @property {string} difference in what it differs from the page; empty where it does not
 * @property {boolean} failed whether it raised what the page does not announce
 * @property {string} ended why Python had to be ended after it; empty where it goes on
 *
 * @typedef {object} Task
 * @property {(outcome: Outcome) => void} resolve
 * @property {(reason: Ended) => void} reject
 * @property {(text: string) => void} print
 * @property {string} raises
 * @property {string} printed
 */

/** Python has ended, on request or by itself: nothing of the session is left. */
export class Ended extends Error {}

export class Python {
  /** @param {URL} address of the worker's script */
  constructor(address) {
    this.address = address;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Task | null} */
    this.task = null;
    this.ended = 0; // how often it has ended: with it, its session is gone
  }

  /** Load it, so that the first run need not wait. @param {boolean} pictures whether the page has some */
  start(pictures) {
    if (this.worker) return;
    this.worker = new Worker(this.address, { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => this.end(event.message || "Python could not be loaded.");
    this.worker.postMessage({ type: "load", pictures });
  }

  /** A new session: no name of the last one is left. */
  reset() {
    this.start(false);
    this.worker?.postMessage({ type: "reset" });
  }

  /**
   * Run a block.  What it prints goes to `print` piece by piece.
   *
   * @param {{code: string, number: number, expected: string | null, raises: string}} block
   * @param {(text: string) => void} print
   * @returns {Promise<Outcome>}
   */
  run({ code, number, expected, raises }, print) {
    const name = `block ${number}`;
    this.start(false);
    return new Promise((resolve, reject) => {
      this.task = { resolve, reject, print, raises, printed: "" };
      this.worker?.postMessage({
        type: "run",
        id: name,
        block: number,
        source: code,
        name,
        expected: { output: expected, raises: raises || null },
      });
    });
  }

  /** End it at once, whatever it does. */
  stop() {
    this.end("Stopped.");
  }

  /** @param {any} message from the worker */
  hear(message) {
    if (message.type === "printed" && this.task) {
      const text = message.stream === "note" ? `\n${message.text}\n` : message.text;
      this.task.printed += text;
      this.task.print(text);
    } else if (message.type === "done") {
      this.finish(message);
      if (message.restart) this.end(message.restart);
    } else if (message.type === "restart") {
      this.end(message.reason);
    }
  }

  /** @param {any} answer */
  finish({ error, differs, picture, restart }) {
    const task = this.task;
    this.task = null;
    task?.resolve({
      printed: task.printed,
      traceback: error?.traceback ?? "",
      line: error?.line ?? 0,
      picture: picture ?? "",
      difference: differs,
      failed: Boolean(error) && error.name !== task.raises,
      ended: restart ? inWords(restart) : "",
    });
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
