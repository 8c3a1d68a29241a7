/** Addresses that bring code: each gives its code, or the reason why not, and soon. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

const { AddressError, bringsCode, codeOf, hashOf, scattered, MOST_BYTES, MOST_LINES } =
  await import("./assets/run/address.js");

const links = JSON.parse(readFileSync(new URL("./links.json", import.meta.url), "utf8"));
const SOON = 1000; // milliseconds; all of them take a few, but a machine may be busy

/** @param {[string, number][]} parts each as often as its number says */
const joined = (parts) => parts.map(([text, times]) => text.repeat(times)).join("");

function addressOf({ address, bytes }) {
  if (address) return joined(address);
  return `#code=${deflateRawSync(Buffer.from(joined(bytes), "hex")).toString("base64url")}`;
}

/** The code of an address, or what is said instead. */
async function answer(hash) {
  if (!bringsCode(hash)) return "no code";
  return codeOf(hash).catch((error) => {
    assert.equal(error.constructor, AddressError);
    return error.message;
  });
}

test("each link gives its code, or says why not", async () => {
  const wrong = [];
  for (const link of links) {
    const hash = addressOf(link);
    const begin = performance.now();
    const got = await answer(hash);
    const right = link.shown ? got === joined(link.shown) : got.includes(link.refused);
    const numbers = link.shown ? scattered(got).map(({ number }) => number) : [];
    const same = JSON.stringify(numbers) === JSON.stringify(link.scattered ?? []);
    if (!right || !same) wrong.push(`${link.name}: ${got.slice(0, 80)} ${numbers}`);
    if (performance.now() - begin > SOON) wrong.push(`${link.name}: late`);
  }

  assert.deepEqual(wrong, []);
  assert.ok(links.length > 25);
});

test("the refused ones are refused for their length, damage, emptiness, or doubt", () => {
  const reasons = new Set(links.flatMap(({ refused }) => refused ?? []));

  assert.deepEqual([...reasons].sort(), ["damaged", "empty", "no code", "too long", "twice"]);
});

test("a code comes back as it was sent", async () => {
  const codes = ["😀'é\"\t\n", "x", "#code=x", "a".repeat(MOST_BYTES)];
  for (let first = 0; first < 0x20000; first += 4000) {
    const letters = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(first + i));
    codes.push(`x${letters.filter((letter) => !/\p{Cs}|\r/u.test(letter)).join("")}`);
  }
  for (let i = 1; i < 200; i++) codes.push("x" + String.fromCodePoint(97 + i).repeat(i));
  for (const code of codes) assert.equal(await codeOf(await hashOf(code)), code);
});

test("what no link can carry is refused before it is sent", async () => {
  const cases = {
    "too long": [
      "a".repeat(MOST_BYTES + 1),
      "é".repeat(MOST_BYTES / 2 + 1),
      "x\n".repeat(MOST_LINES),
    ],
    "half of a character": ["print('\ud800')"],
    "no code": ["", " \n\t", "\u200b"],
  };
  for (const [reason, codes] of Object.entries(cases)) {
    for (const code of codes) await assert.rejects(hashOf(code), { message: new RegExp(reason) });
  }
});

test("other parts of a page are no code", () => {
  for (const hash of ["", "#", "#examples", "#code", "#CODE=AwA", "#decode=AwA", "#?code=AwA"]) {
    assert.equal(bringsCode(hash), false, hash);
  }
});

test("every changed letter is noticed", async () => {
  const hash = await hashOf("from mygrad import Value\n\nprint(Value(3.0) + 4)");
  const known = await answer(hash);
  for (let i = "#code=".length; i < hash.length; i++) {
    const letter = hash[i] === "B" ? "C" : "B";
    const got = await answer(hash.slice(0, i) + letter + hash.slice(i + 1));
    assert.ok(got === known || got.includes("damaged"), `${i}: ${got}`);
  }
});

test("lines that empty ones push out of sight are found", () => {
  assert.deepEqual(scattered("a\n\n\nb\n"), []);
  assert.deepEqual(scattered(`${"\n".repeat(11)}a`), [{ number: 12, text: "a" }]);
  assert.deepEqual(
    scattered(`a${"\n \t".repeat(30)}\nb`).map(({ number }) => number),
    [1, 32],
  );
});
