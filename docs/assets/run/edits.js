/**
 * What a reader has changed, kept in the browser.
 *
 * An edit is kept under the page and the block's original code: where a chapter has changed, an
 * old edit no longer fits and is not offered.
 */

const PREFIX = "mygrad.edit";

/**
 * The name of a block among the edits of all pages.
 *
 * @param {string} original its code as the page has it
 * @param {number} nth how many blocks with the same code stand above it
 */
export function keyOf(original, nth) {
  return `${PREFIX} ${location.pathname} ${hash(original)} ${nth}`;
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

/** The reader's version of a block, if there is one. @param {string} key */
export function load(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // no storage in this browser, so nothing has been kept
  }
}

/**
 * Keep the reader's version of a block; null where it is the page's own again.
 *
 * @param {string} key
 * @param {string | null} code
 * @returns {boolean} whether it could be kept: a browser may have no room, or forbid it
 */
export function save(key, code) {
  try {
    if (code === null) localStorage.removeItem(key);
    else localStorage.setItem(key, code);
    return true;
  } catch {
    return code === null;
  }
}
