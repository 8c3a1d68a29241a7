/**
 * A picture that came out of the page's Python, cleaned and framed to stand in the page.
 */

import { getModule } from "../loading/files.js";

const FILM = /^<div class="mygrad-film">/;

/** @type {Promise<typeof import("./clean.js")> | undefined} */
let cleaning;

/** What cleans is asked for when it may be needed, for it weighs more than all else that runs here. */
export function cleaner() {
  const [clean, purify] = ["./clean.js", "../python/purify.js"].map(addressOf);
  cleaning ??= getModule(clean, purify);
  cleaning.catch(() => (cleaning = undefined)); // it may come the next time
  return cleaning;
}

/** @param {string} file */
function addressOf(file) {
  return new URL(file, import.meta.url).href;
}

/**
 * A picture or a film as the build frames it; or, in its place, why it is not shown.
 *
 * @param {string} picture
 * @param {string} identifier unique in the page, as what a picture refers to in itself must be
 */
export async function figure(picture, identifier) {
  const element = document.createElement("figure");
  element.className = "mygrad-figure";
  try {
    const clean = await cleaner();
    const isFilm = FILM.test(picture);
    const { content, leftOut } = isFilm
      ? clean.cleanFilm(picture, identifier)
      : clean.cleanPicture(picture, identifier);
    element.append(isFilm ? content : framed(content, element));
    if (leftOut.length) {
      element.append(note(`A picture can only draw, so this was left out: ${some(leftOut)}.`));
    }
  } catch (error) {
    const reason = /** @type {Error} */ (error).message.replace(/\.$/, "");
    element.append(note(`The picture is not shown: ${reason}.`));
  }
  return element;
}

/** A picture in a frame that it can be scrolled in. @param {DocumentFragment} content @param {HTMLElement} figure */
function framed(content, figure) {
  const frame = document.createElement("div");
  frame.className = "mygrad-scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.append(content);
  const svg = frame.querySelector("svg");
  frame.setAttribute("aria-label", svg?.querySelector("title")?.textContent ?? "Picture");
  const width = parseFloat(svg?.getAttribute("width") ?? "0");
  figure.style.setProperty("--picture-width", `${width}px`);
  return frame;
}

/** @param {string} text */
function note(text) {
  const element = document.createElement("p");
  element.className = "mygrad-note";
  element.textContent = text;
  return element;
}

/** @param {string[]} names */
function some(names) {
  const most = 5;
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return names.slice(0, most).join(", ") + more;
}
