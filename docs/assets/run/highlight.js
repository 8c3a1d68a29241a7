/**
 * Colours for Python that a reader has edited: those that Pygments gave the page at build.
 *
 * The rules are Pygments' own, of its lexer for Python, state by state: in each, the first rule
 * that fits at a place colours what it covers, and may lead into another state or back.  What
 * would scan the same text again and again is bounded, so that any code is coloured in a time
 * that grows with its length.
 */

// Python's \s (once without the newline) and \w: in JavaScript these are others.
const BLANK = String.raw`\t\v-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const SPACE = String.raw`\n${BLANK}`;
const WORD = String.raw`[\p{L}\p{N}_]`;
const NAME = String.raw`[_\p{XIDS}]\p{XIDC}*`;
const END = `(?!${WORD})`;
const LINE = String.raw`(?<![^\n])`; // begins here
const GAP = String.raw`((?:[${SPACE}]|\\[${SPACE}])+)`;
const DIGITS = String.raw`\p{Nd}(?:_?\p{Nd})*`;

const CONSTANTS = { kc: "False None True" };
const OPERATORS = { ow: "and in is not or" };
const STATEMENTS = {
  k:
    "as assert async await break continue del elif else except finally for global if lambda " +
    "nonlocal pass raise return try while with yield",
};
const EXPRESSIONS = { k: "await else for if lambda yield" };
const BUILTINS = {
  nb:
    "__import__ abs aiter all any bin bool bytearray breakpoint bytes callable chr classmethod " +
    "compile complex delattr dict dir divmod enumerate eval filter float format frozendict " +
    "frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list " +
    "locals map max memoryview min next object oct open ord pow print property range repr " +
    "reversed round sentinel set setattr slice sorted staticmethod str sum super tuple type vars " +
    "zip",
  bp: "Ellipsis NotImplemented cls self",
  ne:
    "ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError " +
    "BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError " +
    "ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning " +
    "EnvironmentError Exception FileExistsError FileNotFoundError FloatingPointError " +
    "FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError " +
    "InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError " +
    "ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError " +
    "PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError " +
    "ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError " +
    "SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError " +
    "UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning " +
    "UserWarning VMSError ValueError Warning WindowsError ZeroDivisionError",
};
const METHODS = {
  fm:
    "abs add aenter aexit aiter and anext await bool bytes call complex contains del delattr " +
    "delete delitem dir divmod enter eq exit float floordiv format ge get getattr getattribute " +
    "getitem gt hash iadd iand ifloordiv ilshift imatmul imod imul index init instancecheck int " +
    "invert ior ipow irshift isub iter itruediv ixor le len length_hint lshift lt matmul missing " +
    "mod mul ne neg new next or pos pow prepare radd rand rdivmod repr reversed rfloordiv " +
    "rlshift rmatmul rmod rmul ror round rpow rrshift rshift rsub rtruediv rxor set setattr " +
    "setitem str sub subclasscheck truediv xor",
};
const ATTRIBUTES = {
  vm:
    "annotations bases class closure code defaults dict doc file func globals kwdefaults module " +
    "mro name objclass qualname self slots weakref",
};
const NO_PATTERN =
  "and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda nonlocal not or pass raise return try while with yield";

/**
 * What to match, the classes of its groups (of the whole, where it has none), and where to go:
 * into a state, or back ("out").  In place of a class, "root" colours a group as code of its own.
 * @typedef {[pattern: string, classes?: string, to?: string]} Rule
 */

/** Rules for lists of words, by their class. @param {Record<string, string>} lists @returns {Rule[]} */
const words = (lists, before = "", around = "") =>
  Object.entries(lists).map(([name, list]) => [
    `${before}${around}(?:${list.replaceAll(" ", "|")})${around}${END}`,
    name,
  ]);

/** @type {Rule[]} */
const GENERAL_ESCAPES = [
  [String.raw`\\(?:N\{[^\n]{0,100}?\}|u[\da-fA-F]{4}|U[\da-fA-F]{8})`, "se"],
];
/** @type {Rule[]} */
const ESCAPES = [[String.raw`\\(?:[\\abfnrtv"'\n]|x[\da-fA-F]{2}|[0-7]{1,3})`, "se"]];
/** @type {Rule[]} */
const BRACES = [[String.raw`\{\{|\}\}`, "se"]];

/** @type {[prefix: string, formatted: boolean, escapes: Rule[]][]} */
const STRINGS = [
  ["[rR][fFtT]|[fFtT][rR]", true, BRACES],
  ["[fFtT]", true, [...BRACES, ...GENERAL_ESCAPES, ...ESCAPES]],
  ["[rR][bB]|[bB][rR]|[rR]", false, []],
  ["[uU]?", false, [...GENERAL_ESCAPES, ...ESCAPES]],
  ["[bB]", false, ESCAPES],
];
/** @type {Rule[]} the signs of % and of format in a string */
const PLACES = [
  [`%(?:\\(${WORD}+\\))?[-#0 +]*(?:\\d+|[*])?(?:\\.(?:\\d+|[*]))?[hlL]?[E-GXc-giorsaux%]`, "si"],
  [
    String.raw`\{(?:${WORD}+(?:\.${WORD}+|\[[^\]]{1,100}\])*)?(?:![sra])?` +
      String.raw`(?::(?:[^\n]?[<>=^])?[-+ ]?#?0?\p{Nd}*,?(?:\.\p{Nd}+)?[E-GXb-gnosx%]?)?\}`,
    "si",
  ],
];

/** @type {Record<string, Rule[]>} */
const RULES = {};

/** @type {Rule[]} */
const opening = STRINGS.flatMap(([prefix, formatted, escapes], i) =>
  ['"""', "'''", '"', "'"].map((quote) => {
    const name = quote[0] === '"' ? "s2" : "s1";
    const long = quote.length > 1;
    RULES[i + quote] = [
      ...escapes,
      [quote, name, "out"],
      ...(long ? [] : /** @type {Rule[]} */ ([[`\\\\[\\\\${quote}\n]`, "se"]])),
      .../** @type {Rule[]} */ (
        formatted
          ? [
              [String.raw`\}`, "si"],
              [String.raw`\{`, "si", "place"],
              [String.raw`[^\\'"{}\n]+`, name],
            ]
          : [...PLACES, [String.raw`[^\\'"%{\n]+`, name]]
      ),
      [formatted ? String.raw`['"\\]` : String.raw`['"\\%]|\{{1,2}`, name],
      ...(long ? /** @type {Rule[]} */ ([["\n", name]]) : []),
    ];
    return [`(${prefix})(${quote})`, `sa ${name}`, i + quote];
  }),
);

/** @type {Rule[]} */
const EXPRESSION = [
  ...opening,
  [`[${BLANK}]+`],
  [
    String.raw`(?:${DIGITS}\.(?:${DIGITS})?|(?:${DIGITS})?\.${DIGITS})(?:[eE][+-]?${DIGITS})?`,
    "mf",
  ],
  [`${DIGITS}[eE][+-]?${DIGITS}j?`, "mf"],
  ["0[oO](?:_?[0-7])+", "mo"],
  ["0[bB](?:_?[01])+", "mb"],
  ["0[xX](?:_?[a-fA-F0-9])+", "mh"],
  [DIGITS, "mi"],
  ["!=|==|<<|>>|:=|[-~+/*%=<>&^|.]", "o"],
  [String.raw`[\]{}:\(\),;\[]`, "p"],
  ...words(OPERATORS),
  [`(?:async for|yield from)${END}`, "k"],
  ...words(EXPRESSIONS),
  ...words(CONSTANTS),
  ...words(BUILTINS, String.raw`(?<!\.)`),
  ...words({ ...METHODS, ...ATTRIBUTES }, "", "__"),
  [`@${NAME}`, "nd"],
  ["@", "o"],
  [NAME, "n"],
];

Object.assign(
  RULES,
  /** @type {Record<string, Rule[]>} */ ({
    root: [
      ["\n", "w"],
      ...['"""', "'''"].map(
        (quote) =>
          /** @type {Rule} */ ([
            `${LINE}([${SPACE}]{0,200})([rRuUbB]{0,2})(${quote}[^]*?${quote})`,
            "w sa sd",
          ]),
      ),
      ["(?<![^])#![^\n]+", "ch"],
      ["#[^\n]*", "c1"],
      ["\\\\\n?", ""],
      [`yield from${END}`, "k"],
      ...words(STATEMENTS),
      ...words(CONSTANTS),
      [
        String.raw`${LINE}([ \t]*)(match|case)${END}` +
          String.raw`(?![ \t]*(?:[:,;=^&|@~\)\]}]|(?:${NO_PATTERN.replaceAll(" ", "|")})${END}))`,
        " k",
        "pattern",
      ],
      [`(def)${GAP}`, "k w", "def"],
      [`(class)${GAP}`, "k w", "class"],
      [`${LINE}(lazy)${GAP}(from)${GAP}`, "kn w kn w", "from"],
      [`${LINE}(lazy)${GAP}(import)${GAP}`, "kn w kn w", "import"],
      [`(from)${GAP}`, "kn w", "from"],
      [`(import)${GAP}`, "kn w", "import"],
      ...EXPRESSION,
    ],
    pattern: [
      [`([${SPACE}]+)(?![${SPACE}])([^\n_]*)(_)${END}`, "w root k"],
      ["", "", "out"],
    ],
    def: [...words(METHODS, "", "__"), [NAME, "nf", "out"], ["", "", "out"]],
    class: [[NAME, "nc", "out"]],
    import: [
      [`([${SPACE}]+)(as)([${SPACE}]+)`, "w k w"],
      [`\\.|${NAME}`, "nn"],
      [`([${SPACE}]*)(,)([${SPACE}]*)`, "w o w"],
      ["", "", "out"],
    ],
    from: [
      [`([${SPACE}]+)(import)${END}`, "w kn", "out"],
      ["\\.", "nn"],
      [`None${END}`, "kc", "out"],
      [NAME, "nn"],
      ["", "", "out"],
    ],
    place: [
      [String.raw`[{(\[]`, "p", "brackets"],
      [`(?:=[${SPACE}]*)?(?:![sraf])?[}:]`, "si", "out"],
      [`[${SPACE}]+`, "w"],
      ...EXPRESSION,
    ],
    brackets: [
      [String.raw`[{(\[]`, "p", "brackets"],
      [String.raw`[\])}]`, "p", "out"],
      [`[${SPACE}]+`, "w"],
      ...EXPRESSION,
    ],
  }),
);

/** All rules of a state as one pattern, where each is a group. */
const STATES = Object.fromEntries(
  Object.entries(RULES).map(([state, rules]) => {
    let group = 1;
    const numbered = rules.map(([, classes = "", to]) => {
      const rule = { group, classes: classes.split(" "), to };
      group += rule.classes.length > 1 ? rule.classes.length + 1 : 1;
      return rule;
    });
    const pattern = new RegExp(rules.map(([pattern]) => `(${pattern})`).join("|"), "uy");
    return [state, { pattern, rules: numbered }];
  }),
);

/**
 * The code in pieces, each with its class; "" where it has none.
 *
 * @param {string} code
 * @returns {Generator<[name: string, text: string]>}
 */
export function* coloured(code) {
  let states = ["root"];
  let at = 0;
  while (at < code.length) {
    const { pattern, rules } = STATES[states[states.length - 1]];
    pattern.lastIndex = at;
    const match = pattern.exec(code);
    const rule = match && rules.find(({ group }) => match[group] !== undefined);
    if (rule) {
      const { group, classes, to } = rule;
      for (const [i, name] of classes.entries()) {
        const part = match[classes.length > 1 ? group + 1 + i : group];
        if (name === "root") yield* coloured(part);
        else if (part) yield [name, part];
      }
      at += match[0].length;
      if (to && to !== "out") states.push(to);
      else if (to && states.length > 1) states.pop();
    } else {
      const letter = String.fromCodePoint(/** @type {number} */ (code.codePointAt(at)));
      if (letter === "\n") states = ["root"]; // what is not closed ends with its line
      yield [letter === "\n" ? "w" : "err", letter];
      at += letter.length;
    }
  }
}
