/**
 * A picture that came out of the page's Python, made fit to stand in the page: framed, and cleaned
 * of all that could run.
 */

/**
 * A picture or a film as the build frames it.
 *
 * @param {string} picture
 * @param {string} identifier unique in the page, as what a picture refers to in itself must be
 */
export function figure(picture, identifier) {
  const element = document.createElement("figure");
  element.className = "mygrad-figure";
  const key = /^<svg [^>]*?id="([^"]+)"/.exec(picture)?.[1]; // a film's keys are its own
  const content = harmless(key ? picture.replaceAll(key, identifier) : picture);
  const film = content.querySelector(".mygrad-film");
  element.append(film ?? framed(content, element));
  return element;
}

/** A picture in a frame that it can be scrolled in. @param {HTMLElement} content @param {HTMLElement} figure */
function framed(content, figure) {
  const frame = document.createElement("div");
  frame.className = "mygrad-scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.append(...content.childNodes);
  const svg = frame.querySelector("svg");
  frame.setAttribute("aria-label", svg?.querySelector("title")?.textContent ?? "Picture");
  const width = parseFloat(svg?.getAttribute("width") ?? "0");
  figure.style.setProperty("--picture-width", `${width}px`);
  return frame;
}

/** A picture without what could run: a reader's own class may draw anything. @param {string} picture */
function harmless(picture) {
  const content = new DOMParser().parseFromString(picture, "text/html").body;
  clean(content);
  return content;
}

/** @param {Element | DocumentFragment} content */
function clean(content) {
  for (const element of content.querySelectorAll("*")) {
    if (["script", "foreignobject", "iframe", "style"].includes(element.localName)) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes]) {
      // What comes out of the page's Python has no file beside it.
      const fetches = name === "data-source";
      if (fetches || name.startsWith("on") || /^\s*(javascript|data):/i.test(value)) {
        element.removeAttribute(name);
      }
    }
    if (element instanceof HTMLTemplateElement) clean(element.content);
  }
}
