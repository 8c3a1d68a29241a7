/** Colours: no code takes longer than its length, however hostile.  tests/javascript/test_colours.py has the rest. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { coloured } = await import("./assets/run/highlight.js");

/** What a code begins with, and what comes again and again after it. */
const HOSTILE = [
  ..."\"'\\([{}%#@_1aé.\n ²".split("").map((repeated) => ["", repeated]),
  ...["'''", '"""', "f'{", "'{a[\n", "1_", "1.", "f'{(", "  \n", "from \\ ", "def ", "'\\\n"].map(
    (repeated) => ["", repeated],
  ),
  ...[" ", "\n", "(", "a_ "].map((repeated) => ["case", repeated]),
  ...["{a[", "{a.", "{:1", "%(", "\\N{", "\\"].map((repeated) => ["x = '", repeated]),
  ...["(", "'", "= ", "a\n", "f'{"].map((repeated) => ["f'''{", repeated]),
  ...["x:", "\\ ", "1"].map((repeated) => ["class ", repeated]),
  ...["import a ", " \n\t", "\n,"].map((repeated) => ["import a", repeated]),
];

/** Milliseconds of the processor's time to colour a text of about this length. */
function time([beginning, repeated], length) {
  const code = beginning + repeated.repeat(length / repeated.length);
  const { user: start } = process.cpuUsage();
  const letters = [...coloured(code)].reduce((sum, [, text]) => sum + text.length, 0);
  assert.equal(letters, code.length);
  return (process.cpuUsage().user - start) / 1000;
}

test("a code ten times as long takes about ten times as long, and not a hundred times", () => {
  const ratio = (code) => time(code, 20_000) / (time(code, 2_000) + 1);
  // The best of a few: a machine that does much else at once is no fault.
  const slow = HOSTILE.filter((code) => [1, 2, 3].every(() => ratio(code) > 20));

  assert.deepEqual(slow, []);
});
