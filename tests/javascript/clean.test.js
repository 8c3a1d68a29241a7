/** What comes out of the first wall draws, and does nothing else; the book's own pictures come out whole. */

import "./page.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";

const { cleanFilm, cleanPicture } = await import("./assets/run/clean.js");

/** @param {string} file */
const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
const hostile = read("./pictures.json");
const slow = read("./slow.json");
const own = read("./own.json");

const KEY = "live-1";
const ELEMENTS = new Set(
  `svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient
  radialGradient stop div p span pre code b strong i em small sub sup br ul ol li dl dt dd table
  caption thead tbody tfoot tr th td template`.split(/\s+/),
);
const CLASSES =
  /^(graph|node|edge|cluster|mygrad-(picture|data|grad|local|film|reel|reel-title|scroll|all|steps|why))$/;

/** Clean as the page does. @param {string} markup */
function clean(markup) {
  return markup.startsWith('<div class="mygrad-film">')
    ? cleanFilm(markup, KEY)
    : cleanPicture(markup, KEY);
}

/** The same, as a part of a page; empty for what is refused. @param {string} markup */
function cleaned(markup) {
  const element = document.createElement("div");
  try {
    element.append(clean(markup).content);
  } catch (error) {
    assert.equal(error.constructor, TypeError);
  }
  return element;
}

/** All elements, those in templates too. @param {ParentNode} whole @returns {Element[]} */
function elementsOf(whole) {
  return [...whole.querySelectorAll("*")].flatMap((element) => [
    element,
    ...(element.content ? elementsOf(element.content) : []),
  ]);
}

/** What is wrong with a part of a page, if anything is: a judge of its own. @param {Element} part */
function faults(part) {
  return elementsOf(part).flatMap((element) => [
    ...(ELEMENTS.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes].flatMap(({ name, value }) => {
      const text = value.toLowerCase().replace(/[\s\u0000-\u001f]/g, "");
      const wrong =
        /^(on|href|xlink:href|src|action|formaction|name|target|data-source|is|slot)/.test(name) ||
        (/(script|data|https?|blob):|\/\//.test(text) && !/^xmlns/.test(name)) ||
        (/url|image|\\|@/.test(text) &&
          !/^(aria-|data-)/.test(name) &&
          !/^url\(#live-1-[\w-]+\)$/.test(text)) ||
        (name === "id" && !value.split(" ").every((id) => id.startsWith(`${KEY}-`))) ||
        (name === "class" && !value.split(" ").every((each) => CLASSES.test(each))) ||
        (name === "style" &&
          /position|inset|z-index|margin|transform|animation|display/.test(text));
      return wrong ? [`${name}="${value}"`] : [];
    }),
  ]);
}

/** The tags of a part of a page, without its words: those do nothing. @param {Element} part */
function tagsOf(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const whole of [copy, ...elementsOf(copy).flatMap(({ content }) => content ?? [])]) {
    const words = document.createTreeWalker(whole, 4);
    while (words.nextNode()) words.currentNode.data = "";
  }
  return copy.innerHTML.toLowerCase();
}

test("nothing hostile comes out", () => {
  const through = hostile.flatMap(({ name, input, never }) => {
    const part = cleaned(input);
    const tags = tagsOf(part);
    const found = [...faults(part), ...never.filter((each) => tags.includes(each.toLowerCase()))];
    return found.length ? [`${name}: ${found.join(", ")}`] : [];
  });

  assert.deepEqual(through, []);
});

test("what came out is the same when it is read and cleaned again", () => {
  const other = hostile.flatMap(({ name, input }) => {
    const once = cleaned(input).innerHTML;
    const twice = document.createElement("div");
    twice.append(cleanPicture(once, KEY).content);
    return once.includes("mygrad-film") || twice.innerHTML === once ? [] : [name];
  });

  assert.deepEqual(other, []);
});

test("each input holds what must not come out, and the judge finds the kinds", () => {
  const harmless = hostile.filter(
    ({ input, never }) =>
      never.length && !never.some((each) => input.toLowerCase().includes(each.toLowerCase())),
  );
  const part = document.createElement("div");
  part.innerHTML =
    '<svg><a href="#"></a><g onload="x" id="block-1" class="md-overlay"></g></svg>' +
    '<template><p style="position: fixed">x</p></template><p style="color: url(//a.org)">x</p>';

  assert.deepEqual(harmless, []);
  assert.deepEqual(faults(part), [
    "<a>",
    'href="#"',
    'onload="x"',
    'id="block-1"',
    'class="md-overlay"',
    'style="position: fixed"',
    'style="color: url(//a.org)"',
  ]);
});

test("the book's own pictures and films come out whole", () => {
  assert.ok(own.length >= 6);
  for (const markup of own) {
    const { content, leftOut } = clean(markup);
    const [part, expected] = [document.createElement("div"), document.createElement("div")];
    part.append(content);
    // A picture's ids begin with a key of its own, and here with that of its place too.
    expected.innerHTML = markup.replaceAll(/mygrad-[0-9a-f]{10}/g, `${KEY}-$&`);

    assert.deepEqual(leftOut, []);
    assert.equal(part.innerHTML, expected.innerHTML);
  }
});

test("a picture of one's own keeps its looks", () => {
  const { content, leftOut } = cleanPicture(
    `<svg width="8pt" viewBox="0 0 9 9" xmlns:xlink="http://www.w3.org/1999/xlink">
      <defs><linearGradient id="g" gradientUnits="userSpaceOnUse" gradientTransform="rotate(45, 1 2)">
        <stop offset="0" style="stop-color:red;stop-opacity:1.;"/></linearGradient></defs>
      <g transform="translate(4 -5) scale(.5)" fill="url('#g')" stroke="rgb(1, 2, 3)">
        <text xml:space="preserve" font-family="Times,serif" style="fill: hsl(9 10% 20%)">a &lt; b</text>
      </g></svg><table><tr><td style="text-align: right">1</td></tr></table>`,
    KEY,
  );
  const part = document.createElement("div");
  part.append(content);
  /** @param {string} selector @param {string} name */
  const value = (selector, name) => part.querySelector(selector)?.getAttribute(name);

  assert.deepEqual(leftOut, []);
  assert.equal(value("svg", "width"), "8pt");
  assert.equal(value("linearGradient", "id"), "live-1-g");
  assert.equal(value("linearGradient", "gradientTransform"), "rotate(45, 1 2)");
  assert.equal(value("stop", "style"), "stop-color: red; stop-opacity: 1.");
  assert.equal(value("g", "fill"), "url(#live-1-g)");
  assert.equal(value("g", "stroke"), "rgb(1, 2, 3)");
  assert.equal(value("g", "transform"), "translate(4 -5) scale(.5)");
  assert.equal(value("text", "style"), "fill: hsl(9 10% 20%)");
  assert.equal(value("td", "style"), "text-align: right");
  assert.equal(part.querySelector("text")?.textContent, "a < b");
});

test("what was left out has a name", () => {
  const { leftOut } = cleanPicture('<svg onload="x"><image href="a"/><!-- c --><use/></svg>', KEY);

  assert.deepEqual(leftOut, ["image", "onload", "use"]);
});

test("a picture that is too large is refused in words", () => {
  const many = [...Array(51).keys()];
  const cases = {
    "it has more than 5,000,000 characters": "x".repeat(5_000_001),
    "it has more than 150,000 elements": "<b></b>".repeat(75_001),
    "it has more than 200 levels": `<svg>${"<g>".repeat(201)}`,
    "it has more than 50 attributes of an element": `<b ${many.map((i) => `a${i}`).join(" ")}>`,
  };
  for (const [message, markup] of Object.entries(cases)) {
    assert.throws(() => cleanPicture(markup, KEY), { name: "RangeError", message });
  }
});

test("what would keep the page busy is left out, or refused in words", () => {
  const other = slow.flatMap(({ name, parts, ...expected }) => {
    const markup = parts.map(([text, times]) => text.repeat(times)).join("");
    let found;
    try {
      found = { leftOut: cleanPicture(markup, KEY).leftOut };
    } catch (error) {
      found = { refused: error.message };
    }
    return isDeepStrictEqual(found, expected) ? [] : [{ name, ...found }];
  });

  assert.deepEqual(other, []);
});

test("sizes, places, spans and dashes within bounds stay", () => {
  for (const markup of [
    '<svg width="20000" height="9pt"><text x="1 2 3" y="4,5" font-size="999.5px">abc</text></svg>',
    '<p style="font-size: .8em">a<b style="font-size: small">b</b><i style="font-size: 80%">c</i></p>',
    '<table><tbody><tr><td rowspan="2" colspan="99">a</td></tr></tbody></table>',
    '<svg><path stroke-dasharray="0 1.5, 2.4px" d="M0 0L9 9"></path></svg>',
    `<svg><path stroke-dasharray="3 2" d="M0 0${"L9 9".repeat(5000)}"></path></svg>`,
    `<svg><path d="M0 0${"L1234.56 345.6".repeat(50_000)}"></path></svg>`,
  ]) {
    const part = document.createElement("div");
    const { content, leftOut } = cleanPicture(markup, KEY);
    part.append(content);

    assert.deepEqual(leftOut, []);
    assert.ok(part.innerHTML === markup, markup.slice(0, 99));
  }
});

test("dashes are counted over the whole of a film", () => {
  const line = `<path stroke-dasharray="1 1" d="M0 0H999999V0"></path>`;
  const reel = `<div class="mygrad-reel"><div class="mygrad-scroll"><svg>${line}</svg></div><ol class="mygrad-steps"></ol></div>`;
  const { leftOut } = cleanFilm(
    `<div class="mygrad-film">${reel}<template><svg>${line}</svg></template></div>`,
    KEY,
  );

  assert.deepEqual(leftOut, ["stroke-dasharray"]);
});

test("a film that its player could not play is refused in words", () => {
  const refused = hostile.flatMap(({ name, input }) => {
    try {
      clean(input);
      return [];
    } catch (error) {
      assert.equal(error.message, "a film has one picture and one list of steps in each reel");
      return [name];
    }
  });

  assert.deepEqual(refused, [
    "a film in a film",
    "a film without a picture",
    "a film without reels",
    "a film and something beside it",
  ]);
});

test("where nothing can be cleaned nothing comes out", () => {
  window.Element = undefined;
  try {
    assert.throws(() => cleanPicture("<svg></svg>", KEY), /this browser lacks/);
  } finally {
    window.Element = Element;
  }
});
