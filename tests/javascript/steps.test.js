/** A film's list, as the package writes it, gives the player its steps. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./page.js";

const { stepsOf } = await import("./assets/player/steps.js");

const films = JSON.parse(readFileSync("own.json", "utf-8")).filter((text) =>
  text.startsWith("<div"),
);

/** @param {string} film @returns {any[]} of its first reel */
function steps(film) {
  const element = document.createElement("div");
  element.innerHTML = film;
  return stepsOf(element.querySelector(".mygrad-steps"));
}

test("each step of a film is read, with the number that it changes", () => {
  const found = steps(films[0]);
  const changes = found.map(({ change }) => change);

  assert.deepEqual(
    changes.map(({ field }) => field),
    [...Array(3).fill("data"), ...Array(6).fill("grad")],
  );
  assert.equal(changes[0].before, "?");
  assert.ok(
    changes.every(({ node, after }) => /^n\d+$/.test(node) && Number.isFinite(Number(after))),
  );
  assert.ok(changes.slice(0, 4).every(({ child }) => child === "")); // the 1 at the root too
  assert.ok(changes.slice(4).every(({ child }) => /^n\d+$/.test(child)));
});

test("what the pages' pictures show after one step is what the next one finds", () => {
  for (const film of films) {
    const shown = new Map();
    for (const { change } of steps(film)) {
      const box = `${change.child || change.node} ${change.field}`;
      if (shown.has(box)) assert.equal(change.before, shown.get(box), box);
      shown.set(box, change.after);
    }
  }
});

test("a step has its sentence, its rule and the place of its code", () => {
  const [first, ...others] = steps(films[0]);
  const backward = others.find(({ change }) => change.child);

  assert.match(first.sentence.map((node) => node.textContent).join(""), / = /);
  assert.match(backward.formula, /^∂.+ \+= ∂/);
  assert.ok(others.some(({ line }) => line === "3:7-9"));
  assert.equal(first.formula, "");
});

test("groups have boxes and numbers of their own", () => {
  const [{ grouped, formula }] = steps(films[2]);

  assert.match(grouped.node, /^g\d+$/);
  assert.match(grouped.before, /^\d+ of \d+$/);
  assert.equal(formula, "");
});

test("edges that lie side by side are told apart", () => {
  const list = document.createElement("ol");
  list.innerHTML =
    '<li data-node="n1" data-child="n0"></li><li data-node="n1" data-child="n0" data-parallel-index="1"></li>';

  assert.deepEqual(
    stepsOf(list).map(({ change }) => change.parallelIndex),
    [0, 1],
  );
});
