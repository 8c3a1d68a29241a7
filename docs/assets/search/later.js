/**
 * Lets the search's index wait until the reader searches: it weighs as much as the rest of a page.
 *
 * Material asks for it on each page, and has no option for later.  It asks by an XMLHttpRequest:
 * this one is sent when the search gets the focus, as it does however it is opened.
 */
const openNow = XMLHttpRequest.prototype.open;

/** @this {XMLHttpRequest} @param {any[]} request */
function openLater(...request) {
  const search = document.querySelector("[data-md-component=search]");
  if (search && String(request[1]).endsWith("/search/search_index.json")) {
    this.send = () => {
      const send = () => XMLHttpRequest.prototype.send.call(this);
      search.addEventListener("focusin", send, { once: true });
    };
  }
  return openNow.apply(this, /** @type {any} */ (request));
}

XMLHttpRequest.prototype.open = /** @type {any} */ (openLater);
