/**
 * Takes from the worker all by which code could reach out of it: network, storage, channels, other
 * workers, and what makes a program of a text.
 *
 * Whatever a block does, at worst it has JavaScript in here.  So what stays is a list of names that
 * only compute, and not what goes: a browser's next version may bring what nobody has heard of.
 * The page's Content-Security-Policy is the second wall; each of both holds alone.
 */

/** What stays: JavaScript's own names, and what Pyodide needs of a browser. */
const STAYS = new Set(
  `
  AggregateError Array ArrayBuffer AsyncDisposableStack AsyncIterator Atomics BigInt BigInt64Array
  BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry
  Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl
  Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp
  Set SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError URIError
  Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI
  decodeURIComponent encodeURI encodeURIComponent escape globalThis isFinite isNaN parseFloat
  parseInt undefined unescape
  DOMException TextDecoder TextEncoder WebAssembly atob btoa console crypto
  performance
  `.match(/\S+/g),
);

export function lock() {
  for (const example of [
    function () {},
    async function () {},
    function* () {},
    async function* () {},
  ]) {
    refuseTexts(Object.getPrototypeOf(example));
  }
  const { prototype } = Object;
  for (let owner = globalThis; owner !== prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Reflect.ownKeys(owner)) {
      if (typeof name === "string" && !STAYS.has(name)) remove(owner, name);
    }
  }
}

/** @param {any} owner @param {string} name */
function remove(owner, name) {
  // Some browsers keep old constants, which are numbers.
  if (Reflect.deleteProperty(owner, name) || Object(owner[name]) !== owner[name]) return;
  throw new Error(`${name} cannot be taken from the worker`);
}

/** Functions are no longer made of texts. @param {any} functions what all of a kind inherit from */
function refuseTexts(functions) {
  const refuse = function () {
    throw new TypeError("no function is made of a text here");
  };
  refuse.prototype = functions; // what is a Function stays one
  Object.defineProperty(functions, "constructor", { value: refuse });
  if (functions === Function.prototype) globalThis.Function = /** @type {any} */ (refuse);
}
