/**
 * Runs the blocks of a page: Python itself (Pyodide), served by the site, in a worker.
 *
 * Blocks are foreign code.  Before the first one runs, the worker is locked (lock.js).  Python is
 * given no object of JavaScript: it prints and draws by writing to files (devices), and is asked and
 * answers in text.  A block that digs deep enough can still make one, and finds what the lock left.
 *
 * The page sends
 *
 *     {type: "load", pictures, life}
 *                                 get Python ready, and Graphviz where the page has graphs; `life`
 *                                 is a name of the worker's own, see loading/life.js
 *     {type: "run", ...Request}   run a block; blocks run one after the other, in this order
 *     {type: "reset"}             begin a new page: no name of the old one is left
 *
 * and gets
 *
 *     {type: "alive"}                       it holds on to the name of its life
 *     {type: "loading", what, come, total}  so many bytes of Python's files have come
 *     {type: "starting"}                    they are there
 *     {type: "ready"}                       Python is there
 *     {type: "begun", run}                  a block runs
 *     {type: "printed", run, stream, text}  as it is printed; stream is stdout, stderr or note
 *     {type: "done", ...Answer}             the block has ended
 *     {type: "broken"}                      an earlier block has broken this Python: run it in a fresh one
 *     {type: "restart", run, reason}        this worker is of no use any more: end it, start another
 *     {type: "notLoaded", reason}           nor is one that lacks a file
 *
 * To stop a block, the page ends the worker.
 */

/**
 * @typedef {object} Request
 * @property {number} run its own number, which comes back with every message about it
 * @property {number} block its number in the page
 * @property {string} source
 * @property {string} name what tracebacks call the block
 * @property {number} [firstLine] the number of its first line, 1 unless given
 * @property {Expected|null} [expected] what the page shows, to be compared
 */

/**
 * @typedef {object} Expected
 * @property {string|null} output the text below the block; null where there is none
 * @property {string|null} raises the type that it must raise
 */

/**
 * @typedef {object} Answer
 * @property {number} run
 * @property {Failure|null} error
 * @property {string} differs how the block differs from what was expected; "" where it doesn't
 * @property {string|null} picture its last line's, as SVG, or as HTML where that is a film
 * @property {number} heap bytes of memory that Python holds
 * @property {string} restart why the worker must be ended now; "" where it need not
 */

/**
 * @typedef {object} Failure
 * @property {string} name the type of the error
 * @property {string} message
 * @property {string} traceback Python's own, from the block on
 * @property {number|null} line the block's line that failed
 */

import { NotLoaded, TRY_AGAIN } from "../loading/files.js";
import { hold } from "../loading/life.js";
import { Library } from "./library.js";
import { startPython } from "./load.js";
import { lock } from "./lock.js";
import { Loading } from "./progress.js";

// The lock takes these from the worker.
const postMessage = self.postMessage.bind(self);
const setTimeout = self.setTimeout.bind(self);
const clearTimeout = self.clearTimeout.bind(self);

/** Python beyond this is ended: near its limit of memory it answers nonsense. */
const MOST_MEMORY = 1.5 * 2 ** 30;
const MEMORY_IS_FULL = "Python has used up its 1.5 GB of memory.";
const BROKEN = "Python has ended: the block has left it unable to answer.";

// More is refused, so that a block that asks for too much gets a MemoryError, and not the tab's end.
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65536 > MOST_MEMORY * 1.1) {
    throw new RangeError("a page's Python may have 1.5 GB of memory");
  }
  return grow.call(this, pages);
};

/** @type {Promise<any>|undefined} */
let starting;
/** @type {any} */
let python;
/** @type {any} makes a session, for a run from the top; kept, since no block can change it here */
let newSession;
/** @type {any} the BrowserSession of mygrad.book.browser.page.api that runs the page's blocks */
let session;
/** @type {Promise<void>|undefined} */
let loadingGraphviz;
/** @type {any} */
let graphviz;
/** @type {number|null} */
let running = null;
let hasRun = false; // whether a block has run in this Python
let inherits = false; // whether a run from the top begins in a Python where blocks of others have run
/** @type {any} blocks of Python's own, one at each step */
let warmUp;
/** @type {Library} */
let library;
/** @type {(source: string) => boolean} whether a block imports from the library */
let importsFromLibrary;

/** @param {import("./progress.js").Progress} progress */
const tell = (progress) => postMessage(progress);

/** Milliseconds before each of these: in the meantime the browser makes fast code of what ran. */
const PAUSE = 30;

/** Python, with the packages of the page; the second call gets the same. */
function start() {
  starting ??= (async () => {
    ({ python, library } = await startPython(tell));
    const imports = python.pyimport("mygrad.book.browser.page.imports");
    importsFromLibrary = (source) => imports.imports_from(Library.PATH, source);
    for (const stream of ["stdout", "stderr", "note"]) {
      register(`page-${stream}`, (text) => printed(stream, text));
    }
    register("page-graphviz", draw);
    makeDevices();
    python.pyimport("mygrad.book.browser.page.shims").install_shims();
    const browserPython = python.pyimport("mygrad.book.browser.page.api").BrowserPython();
    warmUp = python.pyimport("mygrad.book.browser.page.warmup").warm_up(browserPython);
    newSession = browserPython.new_session;
    session = newSession();
    lock();
    postMessage({ type: "ready" });
  })();
  return starting;
}

function reset() {
  makeDevices(); // a block may have removed them, or put files in their places
  session?.destroy();
  session = newSession();
  inherits = hasRun;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** @type {Map<string, number>} by the names in /dev */
const devices = new Map();

/**
 * Give Python a file: what is written to it is handed on at each write, and the answer to that can be
 * read from it.
 * @param {string} name in /dev
 * @param {(text: string) => string | void} receive
 */
function register(name, receive) {
  let answer = new Uint8Array();
  const { FS } = python;
  const number = FS.makedev(64, devices.size);
  FS.registerDevice(number, {
    /** @type {(stream: any, memory: Int8Array, from: number, length: number) => number} */
    write(_, memory, from, length) {
      answer = encoder.encode(receive(decoder.decode(memory.slice(from, from + length))) ?? "");
      return length;
    },
    /** @type {(stream: any, memory: Int8Array, from: number, length: number) => number} */
    read(_, memory, from, length) {
      const part = answer.subarray(0, length);
      memory.set(part, from);
      answer = answer.subarray(part.length);
      return part.length;
    },
  });
  devices.set(name, number);
}

/** Put these files in their places. */
function makeDevices() {
  const { FS } = python;
  for (const [name, number] of devices) {
    const path = `/dev/${name}`;
    if (FS.analyzePath(path).exists) FS.unlink(path);
    FS.mkdev(path, number);
  }
}

/** What is printed while no block runs, a block has left behind. @param {string} stream @param {string} text */
function printed(stream, text) {
  if (!text || running === null) return;
  inherits = false; // the block itself runs
  postMessage({ type: "printed", run: running, stream, text });
}

function loadGraphviz() {
  loadingGraphviz ??= new Loading("Graphviz", tell).script("viz.js").then(
    async (viz) => {
      graphviz = await viz.instance();
    },
    (error) => {
      loadingGraphviz = undefined; // it may come the next time
      throw error;
    },
  );
  return loadingGraphviz;
}

/** Whoever needs it is told where it does not come. */
function preloadGraphviz() {
  loadGraphviz().catch(() => {});
}

/** @param {string} source a graph in the DOT language @returns {string} {svg} or {error}, as JSON */
function draw(source) {
  if (!graphviz) {
    preloadGraphviz();
    return JSON.stringify({ error: "Graphviz is being loaded: run the block again" });
  }
  try {
    return JSON.stringify({ svg: graphviz.renderString(source, { format: "svg" }) });
  } catch (error) {
    return JSON.stringify({ error: String(error) });
  }
}

/** A block that draws before it ends: Python can't wait for Graphviz while it runs. */
const DRAWS = /\b(render|save|pipe|_repr_svg_|_repr_mimebundle_)\b/;

/**
 * @param {Request} request
 * @returns {Promise<Answer>}
 */
async function runBlock({ run, block, source, name, firstLine = 1, expected = null }) {
  await start();
  if (DRAWS.test(source)) await loadGraphviz();
  if (importsFromLibrary(source)) await library.load();
  postMessage({ type: "begun", run });
  const request = JSON.stringify({ block, source, name, firstLine, expected });
  hasRun = true;
  const { error, differs, draws, graphviz } = asked(run, () => session.run(request));
  inherits = false; // what comes now is of this session
  if (draws && graphviz) await loadGraphviz();
  const drawn = draws ? asked(run, () => session.draw(name)) : {};
  const heap = python._module.HEAPU8.byteLength;
  return {
    run,
    error: error ?? drawn.error ?? null,
    differs,
    picture: drawn.picture ?? null,
    heap,
    restart: heap > MOST_MEMORY ? MEMORY_IS_FULL : "",
  };
}

/** What Python answers, in JSON.  It prints for this run meanwhile. @param {number} run @param {() => string} ask */
function asked(run, ask) {
  running = run;
  try {
    return JSON.parse(ask());
  } finally {
    running = null;
  }
}

/** @param {any} message */
async function answer(message) {
  const { type, pictures, life, run = null } = message;
  try {
    if (type === "load") {
      tell({ type: "loading", what: "Python", come: 0, total: 0 }); // the page waits for a word
      hold(life, () => postMessage({ type: "alive" }));
      await start();
      if (pictures) preloadGraphviz(); // and go on: few blocks draw
    } else if (type === "reset") {
      await start();
      reset();
    } else if (type === "run") {
      postMessage({ type: "done", ...(await runBlock(message)) });
    }
  } catch (error) {
    if (error instanceof NotLoaded || !session) {
      postMessage({ type: "notLoaded", reason: whyNotLoaded(error) });
      return;
    }
    // Whatever else comes through to here has left Python in the middle of something.
    const full = python?._module.HEAPU8.byteLength > MOST_MEMORY;
    const reason = full ? MEMORY_IS_FULL : reasonOf(error);
    const byOthers = type === "reset" || (inherits && reason === BROKEN);
    postMessage(byOthers ? { type: "broken" } : { type: "restart", run, reason });
  }
}

/** @param {any} error an answer that is none, an error of Python's through our own files, or anything */
function reasonOf(error) {
  const broken = error instanceof SyntaxError || error?.name === "PythonError";
  return broken ? BROKEN : String(error);
}

/** @param {unknown} error */
function whyNotLoaded(error) {
  if (error instanceof NotLoaded) return error.message;
  console.warn(error);
  return `Python did not start. ${TRY_AGAIN}`;
}

// One message after the other, though each may wait for something to be loaded.
let last = Promise.resolve();
let waiting = 0; // messages that have not been answered
let resting = 0; // the timer of what comes when there is none
self.onmessage = ({ data }) => {
  waiting++;
  clearTimeout(resting);
  last = last
    .then(() => answer(data))
    .then(() => {
      if (--waiting === 0) resting = setTimeout(rest, PAUSE);
    });
};

/** Use the time while nobody waits: after this, the reader's blocks run fast. */
function rest() {
  try {
    if (warmUp && !warmUp.next().done) resting = setTimeout(rest, PAUSE);
  } catch (error) {
    console.warn("Python does not warm up any more:", error);
  }
}
