/**
 * Colours for Python that a reader has edited: the class names are those of Pygments, which
 * coloured the page at build.
 */

const KEYWORDS =
  "and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda match nonlocal not or pass raise return try while with yield";
const SELF = "self cls";
const CONSTANTS = "False None True";
const BUILTINS =
  "abs all any bool dict dir enumerate filter float format getattr hasattr hash id input int " +
  "isinstance iter len list map max min next object open pow print property range repr reversed " +
  "round set setattr sorted staticmethod str sum super tuple type vars zip " +
  "ArithmeticError AttributeError Exception IndexError KeyError NameError OverflowError " +
  "RecursionError RuntimeError TypeError ValueError ZeroDivisionError";

/** @type {Map<string, string>} */
const CLASS_OF_WORD = new Map();
for (const [name, words] of [
  ["k", KEYWORDS],
  ["kc", CONSTANTS],
  ["bp", SELF],
  ["nb", BUILTINS],
]) {
  for (const word of words.split(" ")) CLASS_OF_WORD.set(word, name);
}

const TOKEN = new RegExp(
  [
    /(?<c1>#.*)/,
    /(?<s1>\b[rbfu]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))/,
    /(?<mf>(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+)/,
    /(?<mi>0[xXbBoO][\da-fA-F_]+|\d[\d_]*)/,
    /(?<nd>@[\w.]+)/,
    /(?<word>[\p{L}_][\p{L}\p{N}_]*)/u,
    /(?<o>[-+*/%@&|^~<>=!]+)/,
  ]
    .map((part) => part.source)
    .join("|"),
  "giu",
);

/**
 * The code as nodes: text, and a span with a class for each token that has a colour.
 *
 * @param {string} code
 * @returns {DocumentFragment}
 */
export function highlighted(code) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  let before = "";
  for (const match of code.matchAll(TOKEN)) {
    const text = match[0];
    let name = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    if (name === "word") {
      name =
        CLASS_OF_WORD.get(text) ??
        { def: text.startsWith("__") ? "fm" : "nf", class: "nc" }[before];
    }
    before = text;
    fragment.append(code.slice(end, match.index));
    end = match.index + text.length;
    fragment.append(name ? span(name, text) : text);
  }
  fragment.append(code.slice(end));
  return fragment;
}

/** @param {string} name @param {string} text */
function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
