/**
 * What the theme's own script leaves undone for readers who do not see the page, on each page that
 * they go to.
 */

let arrived = false;

function enter() {
  demote();
  // The browser itself begins at the top, but is not told when the page is changed in its place.
  if (arrived && document.activeElement === document.body) begin();
  arrived = true;
}

/** A row of one button for each block is no landmark, as the theme has it: it would hide the others. */
function demote() {
  for (const row of document.querySelectorAll("nav.md-code__nav")) row.setAttribute("role", "none");
}

/** Put the focus, which has gone with the link that had it, where the address leads. */
function begin() {
  const place = document.getElementById(location.hash.slice(1)) ?? document.querySelector("h1");
  if (!place) return;
  place.tabIndex = -1;
  place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
  place.focus({ preventScroll: true });
}

// Material's instant navigation changes the page without loading it anew.
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(enter);
else enter();
