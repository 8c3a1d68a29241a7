/**
 * Makes the films of a page play, and begins again on each page that the reader goes to.
 */

import { play, print, visit } from "./player.js";

function enter() {
  for (const film of document.querySelectorAll(".mygrad-film")) play(film);
  arrive();
}

/** Go to the step that the address names. */
function arrive() {
  visit(location.hash.slice(1));
}

addEventListener("hashchange", arrive);
addEventListener("load", arrive); // until then the browser itself goes to the step in the list
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));
// A page may be shown as on paper without being printed.
matchMedia("print").addEventListener("change", ({ matches }) => print(matches));

// Material's instant navigation changes the page without loading it anew.
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(enter);
else enter();
