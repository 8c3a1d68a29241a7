/** What a reader has written is kept under its page, set aside before it is replaced, and told of. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** A storage that can be full, or denied. */
const storage = new (class {
  clear() {
    for (const key of Object.keys(this)) delete this[key];
    room = Infinity;
  }
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key, text) {
    if (room < 0) throw new DOMException("denied", "SecurityError");
    if (text.length > room) throw new DOMException("no room", "QuotaExceededError");
    this[key] = text;
  }
  removeItem(key) {
    delete this[key];
  }
})();
let room = Infinity;
Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
Object.assign(globalThis, { location: { pathname: "/mygrad/a/" }, addEventListener() {} });

const edits = await import("./assets/run/edits.js");
const KEY = edits.keyOf("/mygrad/a/", edits.hash("a = 1"), 0);

beforeEach(() => {
  storage.clear();
  for (const { key } of edits.ofPage("/mygrad/a/")) edits.save(key, null);
});

test("a folder and its index.html are one page", () => {
  location.pathname = "/mygrad/a/index.html";
  assert.equal(edits.pagePath(), "/mygrad/a/");
  location.pathname = "/mygrad/a/";
  assert.equal(edits.pagePath(), "/mygrad/a/");
});

test("a text is kept, found, and forgotten", () => {
  assert.equal(edits.load(KEY), null);
  edits.save(KEY, "a = 2");
  assert.equal(edits.load(KEY), "a = 2");
  assert.equal(edits.pathOf(KEY), "/mygrad/a/");
  edits.save(KEY, null);
  assert.equal(edits.load(KEY), null);
});

test("an edit never comes back over other code, or another block's", () => {
  const keys = ["a = 1", "a = 2", "a=1", ""].map((code) => edits.keyOf("/a/", edits.hash(code), 0));
  keys.push(edits.keyOf("/a/", edits.hash("a = 1"), 1), edits.keyOf("/b/", edits.hash("a = 1"), 0));
  keys.push(edits.keyOfLink("/a/", "a = 1"));

  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(keys.map(edits.isOfLink), [...Array(6).fill(false), true]);
});

test("what is set aside is found, the newest first, each text once", () => {
  for (const text of ["one", "two", "one", "three"]) edits.setAside(KEY, text);

  assert.deepEqual(
    edits.asideOf(KEY).map(({ code }) => code),
    ["three", "one", "two"],
  );
  for (const { key } of edits.asideOf(KEY)) {
    assert.ok(edits.isAside(key) && edits.belongs(key, KEY) && edits.timeOf(key) > 0);
  }
  assert.equal(edits.timeOf(KEY), 0);
});

test("the oldest go where there are more than twenty", () => {
  for (let i = 1; i <= 25; i++) edits.setAside(KEY, `text ${i}`);
  const kept = edits.asideOf(KEY).map(({ code }) => code);

  assert.equal(kept.length, 20);
  assert.deepEqual([kept[0], kept[19]], ["text 25", "text 6"]);
});

test("what one block has set aside is not another's", () => {
  const other = edits.keyOf("/mygrad/a/", edits.hash("a = 1"), 10);
  const first = edits.keyOf("/mygrad/a/", edits.hash("a = 1"), 1);
  edits.setAside(other, "x");

  assert.deepEqual(edits.asideOf(first), []);
  assert.equal(edits.ofPage("/mygrad/a/").length, 1);
  assert.equal(edits.ofPage("/mygrad/").length, 0);
});

test("a storage that is full, or denied, loses nothing as long as the tab lives", () => {
  for (const [left, words] of [
    [3, "the browser's storage is full"],
    [-1, "the browser keeps nothing for this site"],
  ]) {
    room = left;
    edits.save(KEY, "long text");
    assert.equal(edits.trouble(), words);
    assert.equal(edits.load(KEY), "long text");
    assert.ok(edits.isUnkept({ key: KEY, code: "" }));
    room = Infinity;
    edits.save(`${KEY}0`, "x"); // now there is room: what waited is kept too
    assert.equal(edits.trouble(), "");
    assert.equal(storage.getItem(KEY), "long text");
    edits.save(KEY, null);
    edits.save(`${KEY}0`, null);
  }
});

test("what is put back replaces nothing that has come since", () => {
  edits.save(KEY, "old");
  const kept = edits.ofPage("/mygrad/a/");
  edits.save(KEY, null);
  edits.putBack(kept);
  assert.equal(edits.load(KEY), "old");

  edits.save(KEY, "new");
  edits.putBack(kept);
  assert.equal(edits.load(KEY), "new");
  assert.deepEqual(
    edits.asideOf(KEY).map(({ code }) => code),
    ["old"],
  );
});
