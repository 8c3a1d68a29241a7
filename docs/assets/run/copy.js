/**
 * Puts a text into the clipboard, also where the browser gives a page none: over http, or without
 * permission.  Where all fails, the text is shown, to be copied by hand.
 */

import { showDialogue } from "./dialogue.js";
import { meant } from "./unseen.js";

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (copySelected(text)) return true;
    showByHand(text);
    return false;
  }
}

/**
 * Let the theme's own copy buttons copy in this way: they say "Copied" also where nothing was.
 * What a reader has edited is copied as it is, and not as it is coloured.
 */
export function replaceCopyOfTheme() {
  const said = /** @type {any} */ (window).alert$;
  const copyOfTheme = async (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-clipboard-target]");
    const target = button?.getAttribute("data-clipboard-target");
    const code = target && /** @type {HTMLElement | null} */ (document.querySelector(target));
    if (!said || !code) return;
    event.stopPropagation();
    const editor = code.parentElement?.querySelector("textarea");
    const text = editor ? meant(editor.value) : code.innerText;
    if (await copy(text.trimEnd())) said.next("Copied to clipboard");
  };
  addEventListener("click", copyOfTheme, { capture: true });
}

/** By a selection, as a reader would. @param {string} text */
function copySelected(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.className = "mygrad-speaker";
  area.value = text;
  area.readOnly = true;
  // What stands beside an open dialogue can't be selected.
  ([...document.querySelectorAll("dialog[open]")].pop() ?? document.body).append(area);
  area.select();
  try {
    return document.execCommand("copy"); // deprecated, and all there is without https
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}

/** @param {string} text */
function showByHand(text) {
  const heading = document.createElement("h2");
  heading.textContent = "This browser lets no page copy";
  const way = document.createElement("p");
  way.textContent = "The text below is selected: Ctrl+C (Cmd+C) copies it.";
  const area = document.createElement("textarea");
  area.className = "mygrad-text";
  area.value = text;
  area.readOnly = true;
  area.rows = 8;
  area.setAttribute("aria-label", "Text to be copied");
  showDialogue(heading, way, area);
  area.select();
}
