/**
 * Makes, at build and under Node, what only the page's own Python can make:
 *
 *     node freeze.mjs FOLDER library             FOLDER/library.zip: the standard library as
 *                                                bytecode
 *     node freeze.mjs FOLDER packages IN OUT IMPORTS
 *                                                OUT/packages.zip: the zip IN with bytecode beside
 *                                                its sources; OUT/memory.bin: Python's memory after
 *                                                its start and these imports, less what it began
 *                                                with
 *
 * FOLDER holds Pyodide.  The page's Python starts from that memory: this halves its start.
 */
import nodeCrypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";

const [folder, task, ...rest] = process.argv.slice(2);
process.argv.length = 1; // or Python's memory, and so each reader's page, would tell where this file is
const indexURL = path.resolve(folder) + "/";
const { loadPyodide } = await import(pathToFileURL(indexURL + "pyodide.mjs").href);
const bytecode = fs.readFileSync(new URL("bytecode.py", import.meta.url), "utf8");

/**
 * Compile a zip in a Python of its own.
 * @param {string} input
 * @param {string} output
 * @param {string} place where tracebacks say that the modules stand
 * @param {boolean} keepSource
 */
async function compile(input, output, place, keepSource) {
  const python = await loadPyodide({ indexURL, stdLibURL: standardLibrary() });
  python.FS.writeFile("/in.zip", fs.readFileSync(input));
  python.runPython(bytecode);
  python.globals.get("compile_archive").callKwargs("/in.zip", "/out.zip", place, {
    keep_source: keepSource,
  });
  fs.writeFileSync(output, python.FS.readFile("/out.zip"));
}

/** The compiled library, where it has been made already. */
function standardLibrary() {
  const made = indexURL + "library.zip";
  return fs.existsSync(made) ? made : indexURL + "python_stdlib.zip";
}

/**
 * Python's memory after its start and some imports, the same bytes each time.  It is XORed with the
 * memory before the start, which pyodide.asm.wasm brings along: that saves a quarter of the bytes.
 * @param {string} packages a zip, for the page's Python to import from
 * @param {string} imports
 */
async function memory(packages, imports) {
  const before = memoryBeforeStart();
  // The clock and chance leave traces in the memory.  worker.js seeds `random` anew.
  Date.now = () => 0;
  Object.defineProperty(performance, "now", { value: () => 0 }); // Node 18 lets nobody assign it
  nodeCrypto.randomFillSync = (/** @type {any} */ view) => view.fill(1);
  const python = await loadPyodide({
    indexURL,
    stdLibURL: standardLibrary(),
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
    _makeSnapshot: true,
  });
  python.FS.writeFile("/lib/packages.zip", fs.readFileSync(packages));
  python.runPython("import sys; sys.path.append('/lib/packages.zip'); del sys");
  // Frozen: the collector need not go through all this again in the page.
  python.runPython(`import ${imports}\nimport gc; gc.collect(); gc.freeze(); del gc`);
  const image = python.makeMemorySnapshot();
  const start = new Uint32Array(image.buffer)[1]; // after the snapshot's own head
  (await before).forEach((byte, i) => (image[start + i] ^= byte));
  return image;
}

/** What the next Python's memory holds when nothing has run in it. @returns {Promise<Uint8Array>} */
function memoryBeforeStart() {
  const { instantiate } = WebAssembly;
  return new Promise((resolve) => {
    WebAssembly.instantiate = async (/** @type {[any, any]} */ ...file) => {
      const made = await instantiate(...file);
      const memory = made.instance?.exports.memory; // Pyodide has smaller ones without
      if (memory) resolve(new Uint8Array(memory.buffer).slice());
      return made;
    };
  });
}

async function main() {
  if (task === "library") {
    await compile(indexURL + "python_stdlib.zip", indexURL + "library.zip", "/lib/python/", false);
  } else {
    const [sources, target, imports] = rest;
    const packages = path.join(target, "packages.zip");
    await compile(sources, packages, "", true);
    const image = await memory(packages, imports);
    fs.writeFileSync(path.join(target, "memory.bin"), zlib.gzipSync(image, { level: 9 }));
  }
}

// Without this, Node prints the whole line of Pyodide's source that an error comes from.
process.on("uncaughtException", (error) => {
  console.error(String(error));
  process.exit(1);
});
await main();
