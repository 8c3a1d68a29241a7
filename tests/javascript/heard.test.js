/** What a page's Python says is a message of a known form, or none: a block may have written it. */

import assert from "node:assert/strict";
import { test } from "node:test";

const { heard } = await import("./assets/run/heard.js");

const done = { type: "done", run: 1, error: null, differs: "", picture: null, restart: "" };
const error = { name: "E", message: "", traceback: "E", line: 1 };

test("what worker.js sends is heard", () => {
  const messages = [
    { type: "alive" },
    { type: "loading", what: "Python", come: 0, total: 15_700_000 },
    { type: "starting" },
    { type: "ready" },
    { type: "begun", run: 3 },
    { type: "printed", run: 3, stream: "stdout", text: "1\n" },
    { ...done, heap: 1, picture: "<svg></svg>" },
    { ...done, error },
    { ...done, error: { ...error, line: null } },
    { type: "restart", run: null, reason: "Python has ended." },
    { type: "notLoaded", reason: "memory.bin came empty." },
  ];
  for (const message of messages) assert.equal(heard(message), message);
});

test("nothing else is", () => {
  const long = "x".repeat(7_000_000);
  const messages = [
    undefined,
    null,
    0,
    "done",
    [],
    {},
    [done],
    { type: "toString" },
    { type: "__proto__" },
    { type: "constructor" },
    { type: ["done"], run: 1 },
    { type: new String("done") },
    { type: "done" },
    { ...done, run: "1" },
    { ...done, run: NaN },
    { ...done, run: 1.5 },
    { ...done, run: 1n },
    { ...done, run: null },
    { ...done, error: undefined },
    { ...done, error: "E" },
    { ...done, error: false },
    { ...done, error: [] },
    { ...done, error: {} },
    { ...done, error: { ...error, name: 1 } },
    { ...done, error: { ...error, traceback: ["E"] } },
    { ...done, error: { ...error, traceback: { toString: null } } },
    { ...done, error: { ...error, line: "1" } },
    { ...done, error: { ...error, line: Infinity } },
    { ...done, error: { ...error, message: long } },
    { ...done, differs: null },
    { ...done, differs: 0 },
    { ...done, picture: undefined },
    { ...done, picture: new Uint8Array(3) },
    { ...done, picture: { toString: () => "<svg>" } },
    { ...done, picture: long },
    { ...done, restart: true },
    { type: "printed", run: 1, stream: "stdout" },
    { type: "printed", run: 1, stream: "stdout", text: 1 },
    { type: "printed", run: 1, stream: "stdout", text: ["1"] },
    { type: "printed", run: 1, stream: 1, text: "1" },
    { type: "printed", stream: "stdout", text: "1" },
    { type: "printed", run: 1, stream: "stdout", text: long },
    { type: "begun" },
    { type: "begun", run: "1" },
    { type: "loading", what: "Python", come: "1", total: 2 },
    { type: "loading", what: "Python", come: 1, total: Infinity },
    { type: "loading", what: ["Python"], come: 1, total: 2 },
    { type: "notLoaded" },
    { type: "restart" },
    { type: "restart", reason: { length: 1 } },
    { type: "restart", reason: long },
  ];
  for (const message of messages) assert.equal(heard(message), null, typeof message);
});
