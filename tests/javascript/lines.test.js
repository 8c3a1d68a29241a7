/** A film lights lines of code, and nothing that is none: one from a run may name any. */

import "./page.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { light } = await import("./assets/player/lines.js");

test("no more is lit than there are lines", () => {
  document.body.innerHTML = '<div id="block-1"><pre><code>a\nb\nc\n</code></pre></div>';
  /** @param {string} line */
  const lit = (line) => {
    light({}, [line]);
    return [...document.querySelectorAll(".mygrad-made")].map((bar) => bar.getAttribute("style"));
  };

  assert.deepEqual(lit("1:2"), ["--line: 1; --lines: 1;"]);
  assert.deepEqual(lit("1:2-3"), ["--line: 1; --lines: 2;"]);
  assert.deepEqual(lit("1:2-999999"), ["--line: 1; --lines: 2;"]);
  assert.deepEqual(lit("1:4"), []);
  assert.deepEqual(lit("2:1"), []);
  assert.deepEqual(lit("1:1;2"), []);
});
