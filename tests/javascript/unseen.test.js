/** What is not seen in a code: each such character, the one that stands for it, and back. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { cut, isStandIn, meant, nameOf, shown } = await import("./assets/run/unseen.js");

const PRIVATE = 0xf0000; // from here on are the stand-ins
const EVERY = Array.from({ length: PRIVATE }, (_, point) => String.fromCodePoint(point));

test("each character that is not seen has a stand-in of its own, and all come back", () => {
  const hidden = EVERY.filter((char) => shown(char) !== char);
  const standIns = new Set(hidden.map(shown));

  assert.ok(hidden.length > 4096 + 2048); // tags, halves of pairs, and what else there is
  assert.equal(standIns.size, hidden.length);
  assert.ok([...standIns].every((char) => [...char].length === 1 && isStandIn(char)));
  assert.deepEqual(hidden.map(shown).map(meant), hidden);
  assert.ok(EVERY.every((char) => meant(shown(char)) === char));
});

test("what hides or turns code is among them", () => {
  const ranges = [
    ...["\0-\x08", "\x0b-\x1f", "\x7f-\xa0", "\xad-\xad", "\u034f-\u034f", "\u061c-\u061c"],
    ...["\u115f-\u1160", "\u1680-\u1680", "\u17b4-\u17b5", "\u180b-\u180f", "\u2000-\u200f"],
    ...["\u2028-\u202f", "\u205f-\u206f", "\u2800-\u2800", "\u3000-\u3000", "\u3164-\u3164"],
    ...["\ufe00-\ufe0f", "\ufeff-\ufeff", "\uffa0-\uffa0", "\ufff9-\ufffb", "\ud800-\udfff"],
    ...["\u{1d173}-\u{1d17a}", "\u{e0000}-\u{e0fff}"],
  ];
  const listed = new RegExp(`[${ranges.join("")}]`, "u");

  assert.deepEqual(
    EVERY.filter((char) => listed.test(char) && shown(char) === char),
    [],
  );
});

test("what is seen is left alone", () => {
  for (const text of ["a\tb\n", "é e\u0301 ñ", "שלום", "日本", "❤️ 👩‍👩‍👧 👨🏽‍🦰 🔥 ❤️‍🔥", "▯ ␛ \ue000"]) {
    assert.equal(shown(text), text);
  }
});

test("what hides behind an emoji is marked", () => {
  const hidden = ["❤\ufe0f\ufe0f", "❤\u{e0101}", "❤\u200d", "a\u200d❤", "❤\ufe0e", "a\ufe0f"];

  for (const text of hidden) assert.notEqual(shown(text), text);
});

test("marks that are heaped up are marked from the fifth on, and come back", () => {
  for (const mark of ["\u0301", "\u0336", "\u0a01", "\u{10a01}", "\u20dd", "\u{1d167}"]) {
    const text = `e${mark.repeat(9)}`;
    const parts = cut(shown(text));

    assert.equal(parts[0], `e${mark.repeat(4)}`);
    assert.equal(parts.length, 6);
    assert.ok(parts.slice(1).every(isStandIn));
    assert.equal(meant(shown(text)), text);
    assert.equal(shown(shown(text)), shown(text));
  }
});

test("the marks of a script are left alone", () => {
  for (const text of ["e\u0323\u0302\u0301", "ב\u05bc\u05b0\u05bd\u0591", "क्षि र्ट्स्न्यं", "ที่นี้"]) {
    assert.equal(shown(text), text);
  }
});

test("a text is cut at its stand-ins", () => {
  assert.deepEqual(cut(shown("a\u202e\u200bb")).map(meant), ["a", "\u202e", "\u200b", "b"]);
});

test("each has its number and a name", () => {
  assert.equal(nameOf("\u202e"), "U+202E right-to-left override");
  assert.equal(nameOf("\x07"), "U+0007 control character");
  assert.equal(nameOf("\u2003"), "U+2003 space");
  assert.equal(nameOf("\u{e0041}"), "U+E0041 tag");
  assert.equal(nameOf("\u{e0101}"), "U+E0101 variation selector");
  assert.equal(nameOf("\ud800"), "U+D800 half of a surrogate pair");
  assert.equal(nameOf("\u0336"), "U+0336 combining mark");
  assert.equal(nameOf("\u17b4"), "U+17B4 invisible character");
});
