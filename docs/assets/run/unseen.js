/**
 * Characters that code can hide behind: they are not seen, they turn the order of others, or they are
 * heaped up until they cover the lines around them.
 *
 * In the editor stands another character for each, out of two private areas: it has a width, is one
 * step of the cursor, and moves no letter.  Whoever asks the editor for its code gets what is meant.
 */

// Controls, formats, halves of pairs, what fonts leave out (DI), spaces and separators, blanks;
// but not those that belong to an emoji.  Of combining marks no script heaps up more than four.
const UNSEEN = new RegExp(
  String.raw`(?![\n\t ]|(?<=\p{ExtPict})\ufe0f|(?<=\p{ExtPict}[\ufe0f\p{EMod}]?)\u200d(?=\p{ExtPict}))` +
    String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{DI}\p{Z}\u2800\u{16fe4}\u{1d159}]|(?<=\p{M}{4})\p{M}`,
  "gu",
);
const STAND_IN = /[\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]/gu;
// From a character to its stand-in: of the first plane, of the second, of that of the tags.
const OFFSETS = [0x100000, 0xe0000, 0x2e000];

/** @type {Record<number, string>} those that are met with most, by their names in Unicode */
const NAMES = {
  0x00: "null",
  0x08: "backspace",
  0x0c: "form feed",
  0x1b: "escape",
  0x7f: "delete",
  0xa0: "no-break space",
  0xad: "soft hyphen",
  0x061c: "Arabic letter mark",
  0x115f: "Hangul filler",
  0x200b: "zero-width space",
  0x200c: "zero-width non-joiner",
  0x200d: "zero-width joiner",
  0x200e: "left-to-right mark",
  0x200f: "right-to-left mark",
  0x2028: "line separator",
  0x2029: "paragraph separator",
  0x202a: "left-to-right embedding",
  0x202b: "right-to-left embedding",
  0x202c: "pop directional formatting",
  0x202d: "left-to-right override",
  0x202e: "right-to-left override",
  0x2060: "word joiner",
  0x2066: "left-to-right isolate",
  0x2067: "right-to-left isolate",
  0x2068: "first strong isolate",
  0x2069: "pop directional isolate",
  0x2800: "blank Braille pattern",
  0x3000: "ideographic space",
  0x3164: "Hangul filler",
  0xfeff: "byte order mark",
};
/** @type {[RegExp, string][]} */
const KINDS = [
  [/\p{Cc}/u, "control character"],
  [/\p{Cs}/u, "half of a surrogate pair"],
  [/\p{Z}/u, "space"],
  [/\p{VS}/u, "variation selector"],
  [/[\u{e0000}-\u{e007f}]/u, "tag"],
  [/(?!\p{DI})\p{M}/u, "combining mark"],
  [/./u, "invisible character"],
];

/** The text as an editor shows it. @param {string} text */
export function shown(text) {
  return text.replace(UNSEEN, standIn);
}

/** The text that is meant by what an editor shows. @param {string} text */
export function meant(text) {
  return text.replace(STAND_IN, (stand) => {
    const found = OFFSETS.map((offset) => code(stand) - offset)
      .filter((point) => point >= 0)
      .map((point) => String.fromCodePoint(point))
      .find((char) => standIn(char) === stand && (/\p{M}/u.test(char) || shown(char) === stand));
    return found ?? stand;
  });
}

/** As "U+202E right-to-left override". @param {string} char */
export function nameOf(char) {
  const point = code(char);
  const name = NAMES[point] ?? KINDS.find(([kind]) => kind.test(char))?.[1];
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")} ${name}`;
}

/** What an editor shows, cut before and after each stand-in. @param {string} text */
export function cut(text) {
  return text.split(/([\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}])/u).filter(Boolean);
}

/** Whether this is a stand-in. @param {string} part */
export function isStandIn(part) {
  return meant(part) !== part;
}

/** The character of a private area that stands for this one. @param {string} char */
function standIn(char) {
  const point = code(char);
  const [first, second, tags] = OFFSETS;
  const offset = point < 0x10000 ? first : point < 0xe0000 ? second : tags;
  return String.fromCodePoint(point + offset);
}

/** @param {string} char */
function code(char) {
  return /** @type {number} */ (char.codePointAt(0));
}
