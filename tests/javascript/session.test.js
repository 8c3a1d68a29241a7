/** A page is one session: which blocks a run takes along, when it begins anew, and what it may say. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./page.js";

const { Session } = await import("./assets/run/session.js");
const { Ended, NotStarted } = await import("./assets/run/python.js");

/** What the blocks and Python are told, in order. @type {string[]} */
let told;
let python;
let session;

class Block {
  constructor(name) {
    Object.assign(this, { name, code: name, edited: false, outcome: {} });
  }
  starts() {}
  tell() {}
  waits(next) {
    told.push(`${this.name} waits for ${next.name}`);
  }
  stuck(next) {
    told.push(`${this.name} is stuck at ${next.name}`);
  }
  ended(error, by) {
    told.push(`${this.name} is told "${error.message}" of ${by.name}`);
  }
  brokenOff() {
    told.push(`${this.name} is broken off`);
  }
  async execute(python) {
    told.push(this.code);
    if (this.outcome instanceof Error) {
      python.ended++;
      throw this.outcome;
    }
    return { failed: false, ended: "", clean: python.clean, ...this.outcome };
  }
  finished(_outcome, basis, asShown) {
    this.basis = basis;
    this.asShown = asShown;
  }
  edit(code) {
    this.code = code;
    this.edited = code !== this.name;
  }
}

let a, b, c;

beforeEach(() => {
  told = [];
  python = {
    ended: 0,
    clean: true,
    reset(allOwn) {
      told.push(allOwn ? "anew, all its own" : "anew");
      if (allOwn) this.clean = true;
    },
  };
  [a, b, c] = ["a", "b", "c"].map((name) => new Block(name));
  session = new Session([a, b, c], python);
});

async function run(block) {
  told.length = 0;
  await session.run(block);
  return told.join(", ");
}

test("a run takes along the blocks above that have not run", async () => {
  assert.equal(await run(a), "anew, all its own, a");
  assert.equal(await run(c), "c waits for b, b, c");
});

test("a second run of a block begins anew", async () => {
  await run(b);

  assert.equal(await run(b), "anew, all its own, b waits for a, a, b");
});

test("so does one below a block that has changed since", async () => {
  await run(b);
  a.edit("x");

  assert.equal(await run(c), "anew, c waits for a, x, c waits for b, b, c");
});

test("and one after Python has ended", async () => {
  await run(a);
  python.ended++;

  assert.equal(await run(b), "anew, all its own, b waits for a, a, b");
});

test("a change below the block does not count", async () => {
  await run(a);
  c.edit("x");

  assert.equal(await run(b), "b");
});

test("a block that fails keeps those below from running, and the next run begins anew", async () => {
  a.outcome = { failed: true };

  assert.equal(await run(b), "anew, all its own, b waits for a, a, b is stuck at a");
  a.outcome = {};
  assert.equal(await run(b), "anew, all its own, b waits for a, a, b");
});

test("a block ran as on the page only where all of it is the page's own, and Python is clean", async () => {
  await run(b);
  assert.deepEqual([a.asShown, b.asShown], [true, true]);
  a.edit("x");
  await run(b);
  assert.deepEqual([a.asShown, b.asShown], [false, false]);
  a.edit("a");
  python.clean = false;
  python.reset = () => {};
  await run(b);
  assert.deepEqual([a.asShown, b.asShown], [false, false]);
});

test("an output follows from the code above it too", async () => {
  await run(b);
  const { basis } = b;
  a.edit("x");

  assert.notEqual(session.codes(b), basis);
  assert.notEqual(session.codes(a), session.codes(b));
});

test("where Python ends, the block that ran it is told, and the one that was asked for", async () => {
  a.outcome = new Ended("over");
  assert.equal(
    await run(c),
    'anew, all its own, c waits for a, a, c is told "over" of a, a is broken off',
  );
  a.outcome = new NotStarted("no file");
  assert.equal(await run(c), 'anew, all its own, c waits for a, a, c is told "no file" of a');
});

test("one run at a time", async () => {
  const first = session.run(b);
  await session.run(c);
  await first;

  assert.ok(!told.includes("c"));
  assert.equal(session.busy, false);
});

test("a fault of ours is not taken for the end of Python", async () => {
  a.outcome = new TypeError("ours");

  await assert.rejects(session.run(a), /ours/);
  assert.equal(session.busy, false);
});
