/**
 * Gets Python's files, and starts Python from them: from its memory as the build has kept it, or,
 * where that fails, the long way.
 */

export const here = new URL("./", import.meta.url).href;

/** @param {string} file */
export async function fetched(file) {
  // Asked for anew: with the package it may be newer than the copy that the browser keeps.
  const response = await fetch(here + file, { cache: "no-cache" });
  if (!response.ok || !response.body) throw notFound(response);
  return response.body;
}

/** @param {ReadableStream} stream */
export async function bytes(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {Response} response */
function notFound({ url, status }) {
  return new Error(`${url}: ${status}`);
}

/** Python as it was after its start at build: this takes half the time of a start. */
export async function startFromMemory() {
  const memory = fetched("memory.bin")
    .then((body) => body.pipeThrough(new DecompressionStream("gzip")))
    .then(bytes);
  const restored = await load(
    {
      stdLibURL: here + "pyodide/package.json", // any small file of the site: see below
      env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
      _loadSnapshot: memory,
    },
    async ({ exports }) => addBeginning(await memory, /** @type {any} */ (exports.memory)),
  );
  // What is not in the memory is fetched from here when it is first imported.
  const { FS } = restored;
  FS.unlink("/lib/python314.zip");
  FS.createLazyFile("/lib", "python314.zip", here + "pyodide/library.zip", true, false);
  return restored;
}

/** The long way: from the files as they were shipped. */
export function startFromFiles() {
  return load({ stdLibURL: here + "pyodide/library.zip" });
}

/**
 * Load Pyodide.  By itself it would wait for ever where its WebAssembly can't be had.
 * @param {object} options
 * @param {(instance: WebAssembly.Instance) => Promise<void>} [prepare] before anything runs in it
 * @returns {Promise<any>}
 */
async function load(options, prepare = async () => {}) {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
    ["pyodide.js", "pyodide.asm.js"].map((file) => import(here + "pyodide/" + file)),
  );
  const { instantiateStreaming } = WebAssembly;
  const loaded = new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (source, imports) => {
      try {
        const made = await instantiateStreaming(asWebAssembly(await source), imports);
        await prepare(made.instance);
        return made;
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    loadPyodide({ indexURL: here + "pyodide/", createPyodideModule, ...options }).then(
      resolve,
      reject,
    );
  });
  return loaded.finally(() => (WebAssembly.instantiateStreaming = instantiateStreaming));
}

/**
 * A file that the browser compiles while it comes: where the host knows its type, it also keeps
 * what it has compiled.
 * @param {Response} response
 */
function asWebAssembly(response) {
  if (!response.ok) throw notFound(response);
  const headers = { "Content-Type": "application/wasm" };
  const { body } = response;
  return response.headers.get("Content-Type") === "application/wasm"
    ? response
    : new Response(body, { headers });
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
