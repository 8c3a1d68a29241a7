/**
 * Lets the search wait until the reader searches: its index weighs as much as the rest of a page,
 * and the script that goes through it a tenth of that.
 *
 * Material asks for both on each page, and has no option for later.  The index is asked for by an
 * XMLHttpRequest: it is sent when the search gets the focus, as it does however it is opened.  The
 * script is a worker: it starts with its first message, which is sent once the index is there.
 */
const openNow = XMLHttpRequest.prototype.open;

/** @this {XMLHttpRequest} @param {any[]} request */
function openLater(...request) {
  const search = document.querySelector("[data-md-component=search]");
  if (search && String(request[1]).endsWith("/search/search_index.json")) {
    this.send = () => {
      const send = () => XMLHttpRequest.prototype.send.call(this);
      search.addEventListener("focusin", send, { once: true });
    };
  }
  return openNow.apply(this, /** @type {any} */ (request));
}

XMLHttpRequest.prototype.open = /** @type {any} */ (openLater);

const WorkerNow = Worker;

/** A worker that starts with its first message. */
class WorkerLater extends EventTarget {
  /** @param {string | URL} address */
  constructor(address) {
    super();
    this.address = address;
    /** @type {Worker | null} */
    this.worker = null;
  }

  /** @param {any} message */
  postMessage(message) {
    this.worker ??= this.start();
    this.worker.postMessage(message);
  }

  start() {
    const worker = new WorkerNow(this.address);
    worker.addEventListener("message", ({ data }) => {
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    return worker;
  }
}

window.Worker = new Proxy(WorkerNow, {
  construct(_, [address, options]) {
    const searches = String(address).includes("/workers/search.");
    return searches ? new WorkerLater(address) : new WorkerNow(address, options);
  },
});
