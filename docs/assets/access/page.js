/**
 * What the theme's own script leaves undone for readers who do not see the page, on each page that
 * they go to.
 */

// Wide tables, and what the lab prints: frames that scroll.
const FRAMES = ".md-typeset__scrollwrap, .jp-OutputArea-output > :is(pre, div)";

let arrived = false;

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) offer(/** @type {HTMLElement} */ (target));
});

function enter() {
  demote();
  sizes.disconnect();
  for (const frame of document.querySelectorAll(FRAMES)) sizes.observe(frame);
  // The browser itself begins at the top, but is not told when the page is changed in its place.
  if (arrived && document.activeElement === document.body) begin();
  arrived = true;
}

/** A row of one button for each block is no landmark, as the theme has it: it would hide the others. */
function demote() {
  for (const row of document.querySelectorAll("nav.md-code__nav")) row.setAttribute("role", "none");
}

/** Let a frame that scrolls be scrolled by keys, and only such a one take the focus. @param {HTMLElement} frame */
function offer(frame) {
  if (frame.scrollWidth <= frame.clientWidth) return frame.removeAttribute("tabindex");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", frame.querySelector("table") ? "Table" : "Output");
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
