/** What a terminal shows: tests/book/run/test_terminal.py has the same cases. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { shown } = await import("./assets/run/terminal.js");

const cases = JSON.parse(readFileSync(new URL("./terminal.json", import.meta.url), "utf8"));

test("what was printed is shown as a terminal does", () => {
  assert.deepEqual(
    cases.map(([printed]) => shown(printed)),
    cases.map(([, expected]) => expected),
  );
});
