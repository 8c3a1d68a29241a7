/**
 * How long a page waits for what does not come, and the clock that tells it.
 */

/** Milliseconds.  Time is counted in ticks, since none is made while a machine sleeps. */
const TICK = 1000;

/** Ticks without a byte of a file, or without the first word of a worker. */
export const SILENCE = 20;
/** Ticks without a word of a worker that has much to do. */
export const ANSWER = 60;

// A worker that runs foreign code loses these names.
const every = globalThis.setInterval.bind(globalThis);
const forget = globalThis.clearInterval.bind(globalThis);

export class Silence {
  /** @param {number} limit in ticks @param {() => void} then called once, when they have passed */
  constructor(limit, then) {
    this.ticks = 0;
    this.timer = every(() => {
      if (++this.ticks < limit) return;
      this.end();
      then();
    }, TICK);
  }

  /** Something has come. */
  heard() {
    this.ticks = 0;
  }

  /** Nothing more is waited for. */
  end() {
    forget(this.timer);
  }
}

/** What is promised, or an error after so many ticks. @template T @param {Promise<T>} promise @param {number} limit @param {Error} error */
export function inTime(promise, limit, error) {
  return new Promise((/** @type {(value: T) => void} */ resolve, reject) => {
    const silence = new Silence(limit, () => reject(error));
    promise.then(resolve, reject).finally(() => silence.end());
  });
}
