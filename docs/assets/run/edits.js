/**
 * What a reader has changed, kept in the browser.
 *
 * An edit is kept under the page and the block's original code: where a chapter has changed, an
 * old edit no longer fits and is not offered.
 */

const PREFIX = "mygrad.edit";

/** @param {string} original @returns {string} */
function keyOf(original) {
  return `${PREFIX} ${location.pathname} ${hash(original)}`;
}

/**
 * A short name for a text: two FNV-1a hashes of 32 bits.
 *
 * @param {string} text
 */
export function hash(text) {
  return [0x811c9dc5, 0x01234567]
    .map((start) => {
      let h = start;
      for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
      return (h >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}

/** The reader's version of a block, if there is one. @param {string} original */
export function load(original) {
  try {
    return localStorage.getItem(keyOf(original));
  } catch {
    return null; // no storage in this browser, so nothing has been kept
  }
}

/**
 * Keep the reader's version, or forget it where it is the original again.
 *
 * @param {string} original
 * @param {string} code
 * @returns {boolean} whether it could be kept: a browser may have no room, or forbid it
 */
export function save(original, code) {
  try {
    if (code === original) localStorage.removeItem(keyOf(original));
    else localStorage.setItem(keyOf(original), code);
    return true;
  } catch {
    return code === original;
  }
}
