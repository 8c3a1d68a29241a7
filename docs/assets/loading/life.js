/**
 * Tells when a worker has died.  No browser says so to its page; but what a worker has locked is
 * free when it is gone.  Where a page was not sent in a secure way there are no locks, and so no word.
 */

/** In the worker: hold on to the name for life. @param {string} name @param {() => void} held */
export function hold(name, held) {
  navigator.locks?.request(name, () => {
    held();
    return new Promise(() => {});
  });
}

/** In the page, once the worker holds it. @param {string} name @param {() => void} then */
export function whenGone(name, then) {
  navigator.locks?.request(name, then);
}
