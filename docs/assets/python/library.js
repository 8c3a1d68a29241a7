/**
 * The standard library, as far as it is not in the memory that Python starts from: fetched when a
 * block imports from it.
 */

import { NotLoaded } from "../loading/files.js";
import { here, Loading } from "./progress.js";

/** Milliseconds for all of it, where Python itself asks and cannot wait for less. */
const LIMIT = 120_000;

// A worker that runs foreign code loses this name.
const Request = XMLHttpRequest;

export class Library {
  static FILE = "pyodide/library.zip";
  static PATH = "/lib/python314.zip";

  /** @param {(progress: import("./progress.js").Progress) => void} tell */
  constructor(tell) {
    this.tell = tell;
    /** @type {any} its file in Python, as long as that is empty */
    this.node = null;
  }

  /** Fill its file when Python opens it. @param {any} FS Python's files */
  watch(FS) {
    this.node = FS.lookupPath(Library.PATH).node;
    const open = () => this.node && this.fill(new Uint8Array(this.fetchAtOnce()));
    this.node.stream_ops = { ...this.node.stream_ops, open };
  }

  /** Fetch it before Python needs it, while there is time to tell how much has come. */
  async load() {
    if (!this.node) return;
    this.fill(await new Loading("Python's library", this.tell).bytes(Library.FILE));
  }

  /** @param {Uint8Array} content */
  fill(content) {
    this.node.contents = content;
    this.node.usedBytes = content.length;
    this.node = null;
  }

  /** @returns {ArrayBuffer} */
  fetchAtOnce() {
    this.tell({ type: "loading", what: "Python's library", come: 0, total: 0 });
    const request = new Request();
    request.open("GET", here + Library.FILE, false);
    request.responseType = "arraybuffer";
    request.timeout = LIMIT;
    try {
      request.send();
    } catch {
      // The status tells.
    }
    if (request.status === 200) return request.response;
    throw new NotLoaded("library.zip did not come. Check the connection, then try again.");
  }
}
