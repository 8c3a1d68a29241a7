/**
 * What the page hears from its Python, read with distrust: whatever a block has done to the worker,
 * a message is of one of these forms, or it is none.
 *
 * @typedef {{type: "alive" | "starting" | "ready"}} Step on the way to a block's run
 *
 * @typedef {{type: "begun", run: number}} Begun
 *
 * @typedef {{type: "loading", what: string, come: number, total: number}} Loading
 *
 * @typedef {object} Printed
 * @property {"printed"} type
 * @property {number} run
 * @property {string} stream
 * @property {string} text
 *
 * @typedef {object} Done
 * @property {"done"} type
 * @property {number} run
 * @property {{name: string, message: string, traceback: string, line: number | null} | null} error
 * @property {string} differs
 * @property {string | null} picture
 * @property {string} restart
 *
 * @typedef {object} Restart
 * @property {"restart"} type
 * @property {string} reason
 *
 * @typedef {object} Broken
 * @property {"broken"} type
 *
 * @typedef {object} NotLoaded
 * @property {"notLoaded"} type
 * @property {string} reason
 */

/** Longer than any text that worker.js sends: a picture. */
const MOST_CHARACTERS = 6_000_000;

/** @param {unknown} value */
const text = (value) => typeof value === "string" && value.length <= MOST_CHARACTERS;
/** @param {unknown} value */
const textOrNull = (value) => value === null || text(value);
/** @param {unknown} value */
const whole = (value) => Number.isSafeInteger(value);
/** @param {any} value */
const errorOrNull = (value) =>
  value === null ||
  (typeof value === "object" &&
    [value.name, value.message, value.traceback].every(text) &&
    (value.line === null || whole(value.line)));

/** What each kind of message must hold. @type {Record<string, Record<string, (value: any) => boolean>>} */
const FORMS = {
  alive: {},
  loading: { what: text, come: whole, total: whole },
  starting: {},
  ready: {},
  begun: { run: whole },
  printed: { run: whole, stream: text, text },
  done: { run: whole, error: errorOrNull, differs: text, picture: textOrNull, restart: text },
  broken: {},
  restart: { reason: text },
  notLoaded: { reason: text },
};

/**
 * @param {any} data
 * @returns {Step | Begun | Loading | Printed | Done | Broken | Restart | NotLoaded | null} null for what is no message
 */
export function heard(data) {
  const form = data && typeof data.type === "string" && Object.hasOwn(FORMS, data.type);
  if (!form) return null;
  const holds = Object.entries(FORMS[data.type]).every(([name, fits]) => fits(data[name]));
  return holds ? data : null;
}
