/**
 * Lets the search be opened again on the page that it has led to.
 *
 * Material closes it there, but leaves the focus in its field after Enter: what opens the search is
 * that the field gets the focus.
 */

const pages = /** @type {any} */ (window).document$;
pages?.subscribe(() => {
  const field = document.querySelector("input[data-md-component=search-query]");
  if (field instanceof HTMLElement) field.blur();
});
