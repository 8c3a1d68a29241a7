/**
 * Starts Python from its files: from its memory as the build has kept it, or, where that fails, the
 * long way.
 */

import { Loading } from "./progress.js";
import { Library } from "./library.js";

/** @typedef {import("./progress.js").Progress} Progress */

/**
 * @typedef {object} Parts what each start needs
 * @property {(options: object) => Promise<any>} loadPyodide
 * @property {Function} createPyodideModule
 * @property {WebAssembly.Module} webAssembly
 * @property {object} lockFileContents
 */

/**
 * @param {(progress: Progress) => void} tell
 * @returns {Promise<{python: any, library: Library}>}
 */
export async function startPython(tell) {
  const loading = new Loading("Python", tell);
  const memory = loading.get("memory.bin", unpacked);
  memory.catch(() => {}); // awaited below, if all else has come
  const [parts, packages] = await Promise.all([load(loading), loading.bytes("packages.zip")]);
  const library = new Library(tell);
  let python;
  try {
    const image = await memory;
    tell({ type: "starting" });
    python = await fromMemory(parts, image);
    library.watch(python.FS);
  } catch (error) {
    console.warn("Python starts the long way:", error);
    loading.what = "Python the long way";
    const content = await loading.bytes(Library.FILE);
    tell({ type: "starting" });
    python = await start(parts, content);
    python.runPython("import sys; sys.path.append('/lib/packages.zip')");
  }
  python.FS.writeFile("/lib/packages.zip", packages);
  return { python, library };
}

/** @param {Loading} loading @returns {Promise<Parts>} */
async function load(loading) {
  const [{ loadPyodide }, { default: createPyodideModule }, webAssembly, lockFileContents] =
    await Promise.all([
      loading.script("pyodide/pyodide.js"),
      loading.script("pyodide/pyodide.asm.js"),
      loading.get("pyodide/pyodide.asm.wasm", compiled),
      loading.get("pyodide/pyodide-lock.json", (response) => response.json()),
    ]);
  return { loadPyodide, createPyodideModule, webAssembly, lockFileContents };
}

/**
 * Compiled while it comes: where the host knows its type, the browser also keeps what it has compiled.
 * @param {Response} response
 */
function compiled(response) {
  const type = "application/wasm";
  const isKnown = response.headers.get("Content-Type") === type;
  const known = isKnown
    ? response
    : new Response(response.body, { headers: { "Content-Type": type } });
  return WebAssembly.compileStreaming(known);
}

/** @param {Response} response */
async function unpacked({ body }) {
  const content = /** @type {ReadableStream} */ (body);
  const image = new Response(content.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await image.arrayBuffer());
}

/** Python as it was after its start at build: this takes half the time of a start. @param {Parts} parts @param {Uint8Array} image */
function fromMemory(parts, image) {
  const options = {
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
    _loadSnapshot: image,
  };
  return start(parts, new Uint8Array(), options, ({ exports }) =>
    addBeginning(image, /** @type {WebAssembly.Memory} */ (exports.memory)),
  );
}

/**
 * Start Pyodide.  What it would fetch is here already; and by itself it would wait for ever where its
 * WebAssembly does not start.
 * @param {Parts} parts
 * @param {Uint8Array<ArrayBuffer>} library the standard library, as a zip
 * @param {object} [options]
 * @param {(instance: WebAssembly.Instance) => void} [prepare] before anything runs in it
 * @returns {Promise<any>}
 */
function start({ loadPyodide, webAssembly, ...parts }, library, options, prepare = () => {}) {
  const { instantiateStreaming } = WebAssembly;
  const { fetch } = globalThis;
  const started = new Promise((resolve, reject) => {
    globalThis.fetch = async () => new Response(library);
    WebAssembly.instantiateStreaming = async (_, imports) => {
      try {
        const instance = await WebAssembly.instantiate(webAssembly, imports);
        prepare(instance);
        return { instance, module: webAssembly };
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    const indexURL = new URL("pyodide/", import.meta.url).href;
    loadPyodide({
      indexURL,
      packageBaseUrl: indexURL,
      stdLibURL: indexURL + "library.zip",
      ...parts,
      ...options,
    }).then(resolve, reject);
  });
  return started.finally(() => {
    WebAssembly.instantiateStreaming = instantiateStreaming;
    globalThis.fetch = fetch;
  });
}

/**
 * Add to a memory what it has in common with each Python's beginning: memory.bin comes without.
 * @param {Uint8Array} image made by freeze.mjs, by the same XOR
 * @param {WebAssembly.Memory} beginning
 */
function addBeginning(image, beginning) {
  const start = new Uint32Array(image.buffer)[1]; // after the snapshot's own head
  const before = new Uint32Array(beginning.buffer);
  const after = new Uint32Array(image.buffer, start);
  for (let i = 0; i < before.length; i++) after[i] ^= before[i];
}
