/**
 * What a reader has written, kept in the browser.
 *
 * An edit is kept under its page and a name: the hash of the block's original code, so that it
 * never comes back over other code.  What is about to be replaced by something else is set aside
 * first, under the same name and a number.  What the browser's storage does not take is kept here,
 * as long as the tab shows the site, and the browser asks before that ends.
 */

const EDIT = "mygrad.edit";
const ASIDE = "mygrad.aside";
const LINK = "link"; // in place of the count of a block
const MOST_ASIDE = 20; // of one block
const SITE = new URL("../../", import.meta.url).pathname; // other sites may share the storage

/** The event after which all blocks show anew what is kept of them. */
export const REPLACED = "mygrad-edits-replaced";

/** @type {Map<string, string>} what could not be put into the storage, by key */
const unkept = new Map();
let reason = "";

/**
 * @typedef {object} Text
 * @property {string} key
 * @property {string} code
 */

/** The page's address in keys: a folder and its index.html are one page. */
export function pagePath() {
  return location.pathname.replace(/index\.html$/, "");
}

/**
 * @param {string} path the page's
 * @param {string} name without spaces
 * @param {number | typeof LINK} nth how many blocks have had the same name above it
 */
export function keyOf(path, name, nth) {
  return `${EDIT} ${path} ${name} ${nth}`;
}

/** The key of what a reader makes of a link's code. @param {string} path @param {string} code */
export function keyOfLink(path, code) {
  return keyOf(path, hash(code), LINK);
}

/** Whether a key is about a link's code. @param {string} key */
export function isOfLink(key) {
  return key.split(" ")[3] === LINK;
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

/** What is kept under a key, if anything. @param {string} key @returns {string | null} */
export function load(key) {
  try {
    return unkept.get(key) ?? localStorage.getItem(key);
  } catch {
    return null; // no storage in this browser, so nothing has been kept
  }
}

/**
 * Keep a text; null to keep none.
 *
 * @param {string} key
 * @param {string | null} code
 */
export function save(key, code) {
  unkept.delete(key);
  if (code !== null) unkept.set(key, code);
  try {
    if (code === null) localStorage.removeItem(key);
    for (const [each, text] of unkept) {
      localStorage.setItem(each, text); // also those for which there was no room before
      unkept.delete(each);
    }
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    reason = full ? "the browser's storage is full" : "the browser keeps nothing for this site";
  }
}

/** Why what was written would be gone with the tab; empty where all of it is kept. */
export function trouble() {
  return unkept.size ? reason : "";
}

addEventListener("beforeunload", (event) => {
  if (unkept.size) event.preventDefault(); // the browser asks
});

/**
 * Set a text aside, to be found again.
 *
 * @param {string} key of the edit that it was
 * @param {string} code
 */
export function setAside(key, code) {
  const earlier = asideOf(key);
  for (const { key: aside, code: text } of earlier) if (text === code) save(aside, null);
  for (const { key: aside } of earlier.slice(MOST_ASIDE - 1)) save(aside, null);
  const last = earlier.length ? timeOf(earlier[0].key) : 0;
  save(`${asidesOf(key)}${Math.max(Date.now(), last + 1)}`, code);
}

/** What was set aside of an edit, the newest first. @param {string} key @returns {Text[]} */
export function asideOf(key) {
  return texts(asidesOf(key)).sort((a, b) => timeOf(b.key) - timeOf(a.key));
}

/** All that is kept of a page: edits, and what was set aside. @param {string} path @returns {Text[]} */
export function ofPage(path) {
  return [...texts(`${EDIT} ${path} `), ...texts(`${ASIDE} ${path} `)];
}

/** All that is kept of this site. @returns {Text[]} */
export function ofSite() {
  return [...texts(`${EDIT} ${SITE}`), ...texts(`${ASIDE} ${SITE}`)];
}

/** Whether a text is in this tab alone, and gone with it. @param {Text} text */
export function isUnkept({ key }) {
  return unkept.has(key);
}

/** The page that a key is about. @param {string} key */
export function pathOf(key) {
  return key.split(" ")[1];
}

/** Whether it is the key of something that was set aside. @param {string} key */
export function isAside(key) {
  return key.startsWith(`${ASIDE} `);
}

/** When something was set aside, in milliseconds since 1970; 0 for what was not. @param {string} key */
export function timeOf(key) {
  return (isAside(key) && Number(key.split(" ").pop())) || 0;
}

/** Whether a key is that of an edit, or of something set aside of it. @param {string} key @param {string} edit */
export function belongs(key, edit) {
  return key === edit || key.startsWith(asidesOf(edit));
}

/** Put texts back that were kept, without replacing what has come since. @param {Text[]} kept */
export function putBack(kept) {
  for (const { key, code } of kept) {
    const now = load(key);
    if (now === null) save(key, code);
    else if (now !== code) setAside(key, code);
  }
}

/** @param {string} start of the keys @returns {Text[]} */
function texts(start) {
  let keys = [...unkept.keys()];
  try {
    keys = [...new Set([...keys, ...Object.keys(localStorage)])];
  } catch {
    // no storage: what is kept here is all there is
  }
  return keys.filter((key) => key.startsWith(start)).map((key) => ({ key, code: load(key) ?? "" }));
}

/** @param {string} key of an edit */
function asidesOf(key) {
  return `${key.replace(EDIT, ASIDE)} `;
}
