/**
 * Gets files of Python's, all of one purpose, and tells how much of them has come.
 *
 * Both numbers are bytes as the files have them: fewer come over the line where the host compresses.
 */

import { get, run } from "../loading/files.js";

export const here = new URL("./", import.meta.url).href;

/** Milliseconds between two words about what has come. */
const PAUSE = 200;

// A worker that runs foreign code loses this name.
const later = globalThis.setTimeout.bind(globalThis);

/** @typedef {{type: "loading", what: string, come: number, total: number} | {type: "starting"}} Progress */

/** @type {Promise<Record<string, {size: number, sha256: string}>> | undefined} each file as built */
let built;

export class Loading {
  /** @param {string} what @param {(progress: Progress) => void} tell */
  constructor(what, tell) {
    this.what = what;
    this.tell = tell;
    this.come = 0;
    this.total = 0;
    this.pausing = false;
  }

  /**
   * @template T
   * @param {string} file
   * @param {(response: Response) => Promise<T>} use makes something of it while it comes
   */
  async get(file, use) {
    const { size } = await fileAsBuilt(file);
    this.add(0, size);
    return get(here + file, use, { size, came: (bytes) => this.add(bytes, 0) });
  }

  /** A file's bytes, as they were built. @param {string} file */
  async bytes(file) {
    const { sha256 } = await fileAsBuilt(file);
    return this.get(file, async (response) => {
      const content = await response.arrayBuffer();
      await check(content, sha256);
      return new Uint8Array(content);
    });
  }

  /** A module. @param {string} file @returns {Promise<any>} */
  async script(file) {
    await this.bytes(file);
    return run(here + file);
  }

  /** @param {number} bytes @param {number} size */
  add(bytes, size) {
    this.come += bytes;
    this.total += size;
    if (!bytes || this.pausing) return;
    this.pausing = true;
    this.say();
    later(() => {
      this.pausing = false;
      if (this.come < this.total) this.say(); // or else something else may have been said since
    }, PAUSE);
  }

  say() {
    this.tell({ type: "loading", what: this.what, come: this.come, total: this.total });
  }
}

/** @param {string} file */
async function fileAsBuilt(file) {
  built ??= get(here + "files.json", (response) => response.json());
  return (await built)[file];
}

/** @param {ArrayBuffer} content @param {string} sha256 in base64 */
async function check(content, sha256) {
  if (!crypto.subtle) return; // where the page was not sent in a secure way
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  if (btoa(String.fromCharCode(...found)) !== sha256) throw new Error("other bytes than built");
}
