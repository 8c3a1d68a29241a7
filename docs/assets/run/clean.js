/**
 * The first wall: a picture or a film that came out of the page's Python, by lists of what may stay.
 *
 * DOMPurify takes the markup apart, and here stands what an attribute may hold.  What comes out draws
 * and does nothing else: it holds no address, so it loads nothing and leads nowhere; no form, no link;
 * no class of the page and no style that could take it out of its frame; and each of its ids begins
 * with the picture's own, so that none is one of the page's.
 *
 * @typedef {object} Cleaned
 * @property {DocumentFragment} content
 * @property {string[]} leftOut the names of the elements and attributes that were taken out
 *
 * @typedef {(value: string, identifier: string) => string | null} Rule what an attribute keeps of its
 *   value, with ids of the picture's own; null where it keeps nothing
 */

import DOMPurify from "../python/purify.js";

// More would keep the page busy for minutes.  The largest plot has 1.8 million, and 50 thousand tags.
const MOST_CHARACTERS = 5_000_000;
const MOST_TAGS = 150_000;
const MOST_LEVELS = 200;
const MOST_ATTRIBUTES = 50; // of an element
const MOST_SECONDS = 5;
// What is drawn of it must not keep the page busy either: the browser lays it out in one go.
const MOST_LETTERS = 100_000;
const MOST_LETTERS_OF_WORDS = 10_000; // in an attribute that the player or a screen reader says
const MOST_PIXELS = 20_000; // of the width or height of a picture
const MOST_CELLS = 100_000; // of tables, with all that their cells span
const MOST_DASHES = 200_000;
const MOST_NUMBERS = 100; // in a list that places letters
const PIECE = 65_536; // characters that are read at once

/** @param {string} words */
const list = (words) => words.split(/\s+/).filter(Boolean);

// No use, pattern, marker, mask or clipPath: a few of them, one within the other, draw for hours.
const DRAWN = `svg g defs title desc path rect circle ellipse line polyline polygon text tspan
  lineargradient radialgradient stop`;
const WRITTEN = `div p span pre code b strong i em small sub sup br ul ol li dl dt dd
  table caption thead tbody tfoot tr th td`;

// In these no letter is set, and where lines may be dashed, these are how long they can be.
const SHAPES = new Set(list("svg g defs path rect circle ellipse line polyline polygon"));
const LENGTHS = list("d points x y width height cx cy r rx ry x1 y1 x2 y2");

const CLASSES = "graph node edge cluster mygrad-picture mygrad-data mygrad-grad mygrad-local";
const CLASSES_OF_FILMS = `mygrad-film mygrad-reel mygrad-reel-title mygrad-scroll mygrad-all
  mygrad-steps mygrad-why`;

/** How something looks: as an attribute, or in `style`. */
const LOOKS = list(`alignment-baseline baseline-shift color dominant-baseline fill fill-opacity
  fill-rule font-family font-stretch font-style font-variant font-weight
  opacity paint-order shape-rendering stop-color stop-opacity stroke
  stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
  text-align text-anchor text-decoration text-rendering visibility white-space`);
// No rotate or textLength: each letter would be set by itself.  No pathLength or vector-effect: dashes
// would be as short as one likes.
const PLACES = list(`cx cy d fr fx fy gradienttransform gradientunits height
  offset points preserveaspectratio r rx ry spreadmethod
  start transform version viewbox width x1 x2 xml:space y1 y2`);
const WORDS = list("aria-label data-name");
const WORDS_OF_STEPS = list(`data-after data-before data-child data-field data-formula
  data-group-after data-group-before data-group-child data-group-node data-node data-parallel-index
  data-sum`);

/** @param {RegExp} pattern @returns {Rule} */
const only = (pattern) => (value) => (pattern.test(value) ? value : null);

/** @param {string} names @returns {Rule} */
const some = (names) => (value) =>
  list(value)
    .filter((name) => list(names).includes(name))
    .join(" ") || null;

/** An id that no other picture has, nor the page. @param {string} id @param {string} identifier */
const own = (id, identifier) => (id.startsWith(`${identifier}-`) ? id : `${identifier}-${id}`);

/** @type {Rule} */
const ids = (value, identifier) =>
  list(value)
    .map((id) => own(id, identifier))
    .join(" ") || null;

const FUNCTIONS = /\b(?:rgba?|hsla?|translate|scale|rotate|matrix|skew[XY])\([\w\s.,%+-]*\)/gi;

/** Numbers, words, colours, a gradient of the picture's own: nothing that could be an address. @type {Rule} */
function plain(value, identifier) {
  const gradient = /^url\(\s*(["']?)#([\w.:-]+)\1\s*\)$/.exec(value);
  if (gradient) return `url(#${own(gradient[2], identifier)})`;
  return /^[\w\s.,#%'"+-]*$/.test(value.replace(FUNCTIONS, "")) ? value : null;
}

/** @type {Rule} */
const few = (value, identifier) =>
  numbersOf(value).length <= MOST_NUMBERS ? plain(value, identifier) : null;

/** A size of its own up to 999 pixels, or one that makes it smaller: many within each other grow. @type {Rule} */
const size = only(
  /^\s*(\d{0,3}(\.\d*)?(px|pt)?|0?\.\d+r?em|1r?em|\d\d?(\.\d*)?%|100%|(x?x-)?(small|large)|medium|smaller)\s*$/,
);

/** A pattern of dashes that is at least one unit long. @type {Rule} */
function dashes(value) {
  if (value.trim() === "none") return value;
  const ofDashes = numbersOf(value);
  const long = ofDashes.length <= MOST_NUMBERS && sum(ofDashes) >= 1;
  return long && /^(\s*[\d.]+(px|pt)?[\s,]*)+$/.test(value) ? value : null;
}

/** @type {Rule} */
const words = (value) => (value.length <= MOST_LETTERS_OF_WORDS ? value : null);

/** @type {Rule} */
const span = only(/^\d{1,2}$/);

/** @type {Rule} */
const pixels = only(/^\d+(\.\d+)?px$/);

/** @param {string[]} names @param {Rule} rule @returns {[string, Rule][]} */
const each = (names, rule) => names.map((name) => [name, rule]);

/** @type {[string, Rule][]} */
const APPEARANCE = [...each(LOOKS, plain), ["font-size", size], ["stroke-dasharray", dashes]];
const STYLES = new Map([...APPEARANCE, ["--picture-width", pixels]]);

/** @type {Rule} */
function style(value, identifier) {
  const kept = value.split(";").flatMap((declaration) => {
    const [, name, text] = /^\s*([\w-]+)\s*:\s*(.*\S)/s.exec(declaration) ?? [];
    const left = STYLES.get(name)?.(text, identifier);
    return left ? [`${name}: ${left}`] : [];
  });
  return kept.join("; ") || null;
}

/** @type {[string, Rule][]} */
const ATTRIBUTES = [
  ...APPEARANCE,
  ...each(PLACES, plain),
  ...each(["x", "y", "dx", "dy"], few),
  ...each(["colspan", "rowspan"], span),
  ...each(WORDS, words),
  ...each(["id", "aria-labelledby", "aria-describedby"], ids),
  ["class", some(CLASSES)],
  ["role", only(/^(img|group|presentation)$/)],
  ["style", style],
  ["xmlns", only(/^http:\/\/www\.w3\.org\/2000\/svg$/)],
  ["xmlns:xlink", only(/^http:\/\/www\.w3\.org\/1999\/xlink$/)],
];

const PICTURE = { elements: list(`${DRAWN} ${WRITTEN}`), attributes: new Map(ATTRIBUTES) };
const FILM = {
  elements: list(`${DRAWN} div p ol li span em template`),
  attributes: new Map([
    ...ATTRIBUTES,
    ...each(WORDS_OF_STEPS, words),
    ["class", some(`${CLASSES} ${CLASSES_OF_FILMS}`)],
    ["data-count", only(/^\d{1,6}$/)],
    ["data-line", only(/^\d{1,6}:\d{1,6}(-\d{1,6})?$/)],
    ["tabindex", only(/^0$/)],
  ]),
};

/**
 * A picture: SVG, or HTML of text and tables.  Throws RangeError for one that is too large.
 *
 * @param {string} markup
 * @param {string} identifier unique in the page: all of its ids will begin with it
 */
export function cleanPicture(markup, identifier) {
  return clean(markup, identifier, PICTURE);
}

/**
 * A film, as mygrad/pictures/film/html.py writes it; the player makes the rest.  Throws RangeError
 * for one that is too large, and TypeError for what is no film.
 *
 * @param {string} markup
 * @param {string} identifier unique in the page: all of its ids will begin with it
 */
export function cleanFilm(markup, identifier) {
  const cleaned = clean(markup, identifier, FILM);
  if (!isFilm(cleaned.content))
    throw new TypeError("a film has one picture and one list of steps in each reel");
  return cleaned;
}

/** Whether the player finds all that it asks a film for. @param {DocumentFragment} content */
function isFilm(content) {
  /** @param {ParentNode} whole @param {string} parts */
  const count = (whole, parts) => whole.querySelectorAll(parts).length;
  const reels = [...content.querySelectorAll("div.mygrad-film > div.mygrad-reel")];
  const parts = [".mygrad-scroll", ".mygrad-scroll > svg", "ol.mygrad-steps"];
  return (
    content.childElementCount === 1 &&
    count(content, ".mygrad-film") === 1 &&
    count(content, ".mygrad-reel") === reels.length &&
    reels.length > 0 &&
    reels.every((reel) => parts.every((part) => count(reel, part) === 1))
  );
}

/** @param {string} markup @param {string} identifier @param {typeof PICTURE} allowed @returns {Cleaned} */
function clean(markup, identifier, { elements, attributes }) {
  const whole = parsed(markup);
  const purify = DOMPurify(window); // one of its own, since its hooks are for all that it cleans
  if (!purify.isSupported) throw new TypeError("this browser lacks what cleaning it needs"); // it would let all pass
  purify.addHook("uponSanitizeAttribute", (_, event) => {
    const value = attributes.get(event.attrName)?.(event.attrValue, identifier) ?? null;
    event.keepAttr = value !== null;
    if (value !== null) event.attrValue = value;
  });
  const content = purify.sanitize(whole, {
    ALLOWED_TAGS: ["body", ...elements], // the body is what DOMPurify cleans, and stays behind
    ALLOWED_ATTR: [...attributes.keys()],
    ADD_URI_SAFE_ATTR: [...attributes.keys()], // none is an address: the rules above see to that
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true, // as text it would be read again, and might be read otherwise
  });
  const parts = partsOf(content);
  atMost(MOST_LETTERS, sum(parts.map(lettersOf)), "letters");
  atMost(MOST_CELLS, sum(parts.map(cellsOf)), "cells");
  const names = [...namesOf(purify.removed), ...parts.flatMap(unsized), ...undashed(parts)];
  return { content, leftOut: [...new Set(names)].sort() };
}

/** The whole, and what its templates hold. @param {DocumentFragment} content @returns {DocumentFragment[]} */
function partsOf(content) {
  const templates = [...content.querySelectorAll("template")];
  return [content, ...templates.flatMap((template) => partsOf(template.content))];
}

/** How many letters are set; what stands between shapes is not. @param {DocumentFragment} part */
function lettersOf(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let letters = 0;
  while (walker.nextNode()) {
    const { parentElement, nodeValue } = walker.currentNode;
    if (!SHAPES.has(parentElement?.localName ?? "")) letters += nodeValue?.length ?? 0;
  }
  return letters;
}

/** How many places of tables there are, with all that their cells span. @param {DocumentFragment} part */
function cellsOf(part) {
  const cells = [...part.querySelectorAll("td, th")].map((cell) =>
    ["colspan", "rowspan"]
      .map((name) => Number(cell.getAttribute(name) ?? 1))
      .reduce((columns, rows) => columns * rows),
  );
  return sum(cells);
}

/** Takes from a picture a size that no page has; gives the names. @param {DocumentFragment} part */
function unsized(part) {
  return [...part.querySelectorAll("svg")].flatMap((svg) =>
    ["width", "height"].filter((name) => {
      const large = parseFloat(svg.getAttribute(name) ?? "0") > MOST_PIXELS;
      if (large) svg.removeAttribute(name);
      return large;
    }),
  );
}

/** Lines with too many dashes become whole ones; gives the name of what that took. @param {DocumentFragment[]} parts */
function undashed(parts) {
  const name = "stroke-dasharray";
  /** @param {string} selector */
  const all = (selector) =>
    parts.flatMap((part) => /** @type {SVGElement[]} */ ([...part.querySelectorAll(selector)]));
  const dashed = all(`[${name}], [style*=${name}]`);
  const drawn = all(`[${name}], [style*=${name}], [${name}] *, [style*=${name}] *`);
  const shortest = dashed
    .flatMap(({ style, attributes }) => [
      style.getPropertyValue(name),
      attributes.getNamedItem(name)?.value ?? "",
    ])
    .map((pattern) => sum(numbersOf(pattern)) || Infinity)
    .reduce((one, other) => Math.min(one, other), Infinity);
  if (sum(drawn.map(lengthOf)) / shortest <= MOST_DASHES) return [];
  for (const element of dashed) {
    element.removeAttribute(name);
    element.style.removeProperty(name);
  }
  return [name];
}

/** How long a line may be, at most and about.  A smooth curve may swing ever wider. @param {Element} element */
function lengthOf(element) {
  if (/[st]/i.test(element.getAttribute("d") ?? "")) return Number.MAX_VALUE;
  return sum(LENGTHS.flatMap((name) => numbersOf(element.getAttribute(name) ?? "")));
}

/**
 * The markup as a document that does nothing.  It is read piece by piece, for a browser takes minutes
 * over some of it: over tags that are never closed.
 *
 * @param {string} markup
 */
function parsed(markup) {
  atMost(MOST_CHARACTERS, markup.length, "characters");
  atMost(MOST_TAGS, markup.split("<").length, "elements");
  const text = `<body>${markup}`; // so that there is one, whatever comes
  const whole = document.implementation.createHTMLDocument();
  const end = performance.now() + 1000 * MOST_SECONDS;
  whole.open();
  for (let at = 0; at < text.length; at += PIECE) {
    if (performance.now() > end)
      throw new RangeError(`it takes over ${MOST_SECONDS} seconds to read`);
    whole.write(text.slice(at, at + PIECE));
  }
  whole.close();
  measure(whole.body, 0);
  return whole.body;
}

/** By a walker, since a form may hide what it is asked for. @param {Node} whole @param {number} level */
function measure(whole, level) {
  const walker = document.createTreeWalker(whole, NodeFilter.SHOW_ELEMENT);
  for (;;) {
    const element = /** @type {Element} */ (walker.currentNode);
    atMost(MOST_LEVELS, level, "levels");
    atMost(MOST_ATTRIBUTES, element.attributes?.length ?? 0, "attributes of an element");
    if (element instanceof HTMLTemplateElement) measure(element.content, level + 1);
    if (walker.firstChild()) level++;
    else {
      for (; !walker.nextSibling(); level--) if (!walker.parentNode()) return;
    }
  }
}

/** @param {number} most @param {number} count @param {string} things */
function atMost(most, count, things) {
  if (count > most) throw new RangeError(`it has more than ${most.toLocaleString("en")} ${things}`);
}

/** @param {import("../python/purify.js").Removed[]} removed */
function namesOf(removed) {
  const names = removed.flatMap(({ element, attribute }) =>
    attribute ? [attribute.name] : element instanceof Element ? [element.localName] : [],
  );
  return names;
}

/** How large the numbers are, without their signs. @param {string} value */
function numbersOf(value) {
  return (value.match(/(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/gi) ?? []).map(Number);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
