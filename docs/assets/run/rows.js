/**
 * The code that is seen in an editor: its lines, coloured, and with marks for what is not seen.
 */

import { coloured } from "./highlight.js";
import { cut, isStandIn, meant, nameOf } from "./unseen.js";

/** How many kinds of characters that are not seen are named. */
const MOST_NAMED = 6;

/**
 * The lines of a code, coloured: an element for each.
 *
 * @param {string} code as the editor shows it
 * @returns {HTMLElement[]}
 */
export function rows(code) {
  /** @type {HTMLElement[]} */
  const lines = [];
  let row = element("mygrad-row");
  for (const [name, text] of coloured(code)) {
    for (const piece of text.split(/(\n)/).filter(Boolean)) {
      row.append(piece === "\n" ? piece : token(name, piece));
      if (piece !== "\n") continue;
      lines.push(row);
      row = element("mygrad-row");
    }
  }
  return lines;
}

/** @param {string} name its class; "" for none @param {string} text */
function token(name, text) {
  const token = name ? element(name) : document.createDocumentFragment();
  token.append(...cut(text).map((part) => (isStandIn(part) ? mark(part) : part)));
  return token;
}

/** A character that is not seen, as it is shown: the styles draw the sign. @param {string} standIn */
function mark(standIn) {
  const box = element("mygrad-unseen");
  box.title = nameOf(meant(standIn));
  box.dataset.sign = standIn;
  return box;
}

/** What is not seen in these lines, in words. @param {HTMLElement[]} lines */
export function inWords(lines) {
  /** @type {Map<string, Set<number>>} */
  const found = new Map();
  for (const [i, line] of lines.entries()) {
    for (const { title } of /** @type {NodeListOf<HTMLElement>} */ (
      line.querySelectorAll(".mygrad-unseen")
    )) {
      found.set(title, (found.get(title) ?? new Set()).add(i + 1));
    }
  }
  if (!found.size) return "";
  const named = [...found]
    .slice(0, MOST_NAMED)
    .map(([name, numbers]) => `${name} (${places(numbers)})`);
  if (found.size > MOST_NAMED) named.push(`and ${found.size - MOST_NAMED} other kinds`);
  return `Marked in the code, since they can't be seen: ${named.join(", ")}.`;
}

/** @param {Set<number>} numbers of lines */
function places(numbers) {
  const first = [...numbers].slice(0, 3).join(", ");
  return `line${numbers.size > 1 ? "s" : ""} ${first}${numbers.size > 3 ? " and more" : ""}`;
}

/** @param {string} name */
function element(name) {
  const span = document.createElement("span");
  span.className = name;
  return span;
}
