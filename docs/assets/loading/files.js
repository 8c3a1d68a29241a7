/**
 * Gets a file of the site, and waits for it as long as something comes.  Where it does not come, or
 * not as it should, the error says so to the reader, with the way out.
 */

import { ANSWER, inTime, SILENCE, Silence } from "./silence.js";

// A worker that runs foreign code loses these names.
const fetch = globalThis.fetch.bind(globalThis);
const { AbortController, navigator } = globalThis;

export const TRY_AGAIN = "Try again; if it stays so, reload the page.";
export const CHECK = "Check the connection, then try again.";

/** Whether the browser says so: where it has a network, that may still lead nowhere. */
export const isOffline = () => navigator.onLine === false;

/** A file is not there as it should be.  The message is a sentence for readers. */
export class NotLoaded extends Error {}

/** It came, but not as it should. */
class Damaged extends NotLoaded {}

/** @typedef {{size?: number, came?: (bytes: number) => void}} Known a file's size; who is told of each part */

/**
 * @template T
 * @param {string} address
 * @param {(response: Response) => Promise<T>} use makes something of it while it comes
 * @param {Known} [known]
 */
export async function get(address, use, known = {}) {
  try {
    // Asked for anew: it may be newer than the copy that the browser keeps.
    return await attempt(address, "no-cache", use, known);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return attempt(address, "reload", use, known); // the browser may have kept it as it once came
  }
}

/**
 * @template T
 * @param {string} address
 * @param {RequestCache} cache
 * @param {(response: Response) => Promise<T>} use
 * @param {Known} known
 * @returns {Promise<T>}
 */
async function attempt(address, cache, use, { size, came = () => {} }) {
  const name = nameOf(address);
  const aborter = new AbortController();
  const silence = new Silence(SILENCE, () => aborter.abort());
  let bytes = 0;
  try {
    // A block may have put a method or a body where all objects would inherit it from.
    const options = { __proto__: null, cache, signal: aborter.signal };
    const response = await fetch(address, options);
    refuse(name, response);
    const copy = response.clone(); // counted, while the browser may keep what it makes of the other
    const using = use(response);
    using.catch(() => {}); // why it failed, the bytes may tell
    for await (const part of parts(copy)) {
      silence.heard();
      bytes += part.length;
      came(part.length);
    }
    silence.end();
    if (bytes !== (size ?? bytes)) throw new Damaged(wrongSize(name, bytes, size ?? 0));
    return await using.catch((error) => {
      console.warn(`${name}:`, error);
      throw new Damaged(`${name} came damaged. ${TRY_AGAIN}`);
    });
  } catch (error) {
    came(-bytes); // they are of no use
    if (error instanceof NotLoaded) throw error;
    throw new NotLoaded(lost(name, bytes, aborter.signal.aborted));
  } finally {
    silence.end();
  }
}

/**
 * A module, with a file or more that it imports.  They are fetched first: a browser waits for a
 * script without an end, and keeps one that came damaged for as long as the page lives.
 * @param {string} address
 * @param {string[]} others
 * @returns {Promise<any>}
 */
export async function getModule(address, ...others) {
  await Promise.all([address, ...others].map((each) => get(each, (response) => response.text())));
  return run(address);
}

/** Run a module that has come. @param {string} address @returns {Promise<any>} */
export function run(address) {
  const error = new NotLoaded(`${nameOf(address)} did not run. ${TRY_AGAIN}`);
  const running = import(address).catch((reason) => {
    console.warn(reason);
    throw error;
  });
  return inTime(running, ANSWER, error);
}

/** @param {Response} response */
async function* parts({ body }) {
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** @param {string} address */
function nameOf(address) {
  return address.slice(address.lastIndexOf("/") + 1);
}

/** @param {string} name @param {Response} response */
function refuse(name, { ok, status, headers }) {
  const isPage = /^text\/html\b/.test(headers.get("Content-Type") ?? "");
  if (!ok) throw new NotLoaded(`${name} did not come: the host answered ${status}. ${TRY_AGAIN}`);
  if (isPage) {
    throw new NotLoaded(`${name} did not come: the host sent a web page instead. ${TRY_AGAIN}`);
  }
}

/** @param {string} name @param {number} bytes @param {number} size */
function wrongSize(name, bytes, size) {
  const came = bytes ? `with ${bytes} bytes in place of ${size}` : "empty";
  return `${name} came ${came}. ${TRY_AGAIN}`;
}

/** @param {string} name @param {number} bytes that came before @param {boolean} silent */
function lost(name, bytes, silent) {
  const came = bytes ? `came only in part (${bytes} bytes)` : "did not come";
  if (silent) return `${name} ${came}: the connection has been silent for ${SILENCE} s. ${CHECK}`;
  if (isOffline()) return `${name} ${came}: this browser is offline. ${CHECK}`;
  if (bytes) return `${name} ${came}: the connection was lost. ${CHECK}`;
  return `${name} did not come: the connection failed, or this browser has blocked it. ${CHECK}`;
}
