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
 * @property {Request} request
 * @property {string} printed
 *
 * @typedef {object} Request
 * @property {string} code
 * @property {number} number of the block
 * @property {string | null} expected what the page shows
 * @property {string} raises
 * @property {boolean} own whether the code is the page's own
 */

import { CHECK, isOffline, TRY_AGAIN } from "../loading/files.js";
import { whenGone } from "../loading/life.js";
import { ANSWER, SILENCE, Silence } from "../loading/silence.js";
import { heard } from "./heard.js";

/** Characters; some errors bring a whole program along. */
const LONGEST_REASON = 300;

/** More than worker.js lets a block print, on its streams together. */
const MOST_CHARACTERS = 500_000;

/** Python has ended, on request or by itself: nothing of the session is left. */
export class Ended extends Error {}

/** It has not come so far as to run the block: it may when it is tried again. */
export class NotStarted extends Ended {}

const DIED = "Python has ended: the browser has ended its worker, maybe for want of memory.";
const NO_ANSWER = `Python has been silent for ${ANSWER} s, so it was ended. ${TRY_AGAIN}`;
const NO_WORKER = `worker.js did not come: the connection has been silent for ${SILENCE} s. ${TRY_AGAIN}`;
const OFFLINE = `worker.js did not come: this browser is offline. ${CHECK}`;
const NO_SCRIPTS = `worker.js did not come, or a file that it imports. ${TRY_AGAIN}`;

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
    this.progress = ""; // what it does before it can run a block; empty when it can
    /** @type {(progress: string) => void} told of that while a block waits for it */
    this.says = () => {};
    /** @type {Silence | null} of a worker that has to say something */
    this.silence = null;
    this.steps = { heard: false, ready: false, begun: false }; // how far it has come
    this.alive = () => {}; // to be called when it says that it lives
  }

  /** Load it, so that the first run need not wait. @param {boolean} pictures whether the page has some */
  start(pictures) {
    if (this.worker) return;
    const worker = new Worker(this.script, { type: "module" });
    const life = `mygrad-${Math.random()}`;
    // What comes late, from a worker that has been ended, is nobody's.
    worker.onmessage = ({ data }) => {
      if (worker === this.worker) this.hear(data);
    };
    worker.onerror = (event) => {
      if (worker === this.worker) this.fail(event);
    };
    worker.postMessage({ type: "load", pictures, life });
    this.worker = worker;
    this.clean = true;
    this.begin(() => whenGone(life, () => worker === this.worker && this.end(DIED)));
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
   * @param {Request} request
   * @param {(text: string) => void} print
   * @returns {Promise<Outcome>}
   */
  run(request, print) {
    return new Promise((resolve, reject) => {
      this.task = { resolve, reject, print, request, printed: "" };
      this.send(request);
    });
  }

  /** @param {Request} request */
  send({ code, number, expected, raises, own }) {
    this.start(false);
    this.clean &&= own;
    this.steps.begun = false;
    this.says(this.progress);
    this.worker?.postMessage({
      type: "run",
      run: ++this.runs,
      block: number,
      source: code,
      name: `block ${number}`,
      expected: own ? { output: expected, raises: raises || null } : null,
    });
    this.watch();
  }

  /** A fresh Python takes the run: what ran in the last one has left it so that none can begin. */
  again() {
    const { task } = this;
    this.task = null; // it has not ended
    this.end("");
    this.task = task;
    if (task) this.send(task.request);
  }

  /** What comes next is somebody else's: nothing of a foreign block may be left for it. */
  renew() {
    if (this.task) this.stop();
    else if (!this.clean) this.end("");
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
    } else if (message.type === "broken") {
      this.again();
    } else if (message.type === "restart") {
      this.end(message.reason);
    } else if (message.type === "notLoaded") {
      this.end(message.reason, NotStarted);
    } else if (message.type === "printed") {
      if (message.run === this.runs) this.print(message);
    } else if (message.type === "done") {
      if (message.run === this.runs) this.finish(message);
    } else if (message.type !== "begun" || message.run === this.runs) {
      this.hearProgress(message);
    }
  }

  /** A worker begins. @param {() => void} alive called when it lives */
  begin(alive) {
    this.steps = { heard: false, ready: false, begun: false };
    this.alive = alive;
    this.tell("loading Python");
    this.watch();
  }

  /** @param {string} progress */
  tell(progress) {
    this.progress = progress;
    if (this.task) this.says(progress);
  }

  /** Give the worker so long for its next word, where there must be one. */
  watch() {
    this.silence?.end();
    const { heard, ready, begun } = this.steps;
    if (!this.worker || (ready && (begun || !this.task))) return;
    this.silence = new Silence(heard ? ANSWER : SILENCE, () =>
      this.end(heard ? NO_ANSWER : NO_WORKER, NotStarted),
    );
  }

  /** @param {import("./heard.js").Step | import("./heard.js").Begun | import("./heard.js").Loading} message */
  hearProgress(message) {
    const { type } = message;
    this.steps.heard = true;
    if (type === "alive") {
      this.alive();
    } else if (type === "loading") {
      this.tell(`loading ${message.what}${message.total ? portion(message) : ""}`);
    } else if (type === "starting") {
      this.tell("starting Python");
    } else {
      this.steps[type] = true;
      this.tell("");
    }
    this.watch();
  }

  /** @param {ErrorEvent} event */
  fail({ message }) {
    if (this.steps.heard) this.end(message || "its worker has failed");
    else this.end(isOffline() ? OFFLINE : NO_SCRIPTS, NotStarted);
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
    this.tell(""); // what was loaded while the block ran is there
    const task = this.task;
    this.task = null;
    task?.resolve({
      printed: task.printed,
      traceback: error?.traceback ?? "",
      line: error?.line ?? 0,
      picture: picture ?? "",
      difference: differs,
      failed: error !== null && error.name !== task.request.raises,
      clean: this.clean,
      ended: restart ? inWords(restart) : "",
    });
    if (restart) this.end(restart);
  }

  /** @param {string} reason @param {typeof Ended} [kind] */
  end(reason, kind = Ended) {
    this.worker?.terminate();
    this.worker = null;
    this.watch();
    this.progress = "";
    this.ended++;
    const task = this.task;
    this.task = null;
    task?.reject(new kind(kind === NotStarted ? reason : inWords(reason)));
  }
}

/**
 * Why Python has ended, and what that means for the reader.
 *
 * @param {string} reason it may be a JavaScript error that came through Python
 */
function inWords(reason) {
  let words = reason.slice(0, LONGEST_REASON);
  if (/call stack|too much recursion/i.test(reason)) {
    words = "Python has ended: that went deeper than a browser's stack.";
  } else if (/exit/i.test(reason)) {
    words = "The block has ended Python.";
  } else if (!/^(Stopped|Python)/.test(reason)) {
    words = `Python has ended: ${words}.`;
  }
  return `${words} The next run starts from the top of the page.`;
}

/** How much of something has come. @param {{come: number, total: number}} bytes */
function portion({ come, total }) {
  return `, ${(come / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}
