/**
 * Selecting a box of a picture: the paths from it to the root are lit, and its whole derivative
 * is there to be shown, as the sum over everything that uses it.
 *
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./picture.js").Box} Box
 */

import { describe } from "./picture.js";

export class Derivative {
  /** @param {Picture} picture @param {() => void} changed called when a box is selected, or none */
  constructor(picture, changed) {
    this.picture = picture;
    this.changed = changed;
    /** @type {Box | null} the one that is selected */
    this.box = null;
    picture.svg.setAttribute("role", "group"); // an image has no buttons in it
    for (const [name, box] of picture.nodes) {
      if ("sum" in box.element.dataset) this.offer(name, box);
      else box.element.ariaHidden = "true"; // what an oval says, the steps say better
    }
    for (const edges of picture.edges.values()) {
      for (const { element } of edges) element.ariaHidden = "true";
    }
  }

  /** The derivative of the root by the selected value, written out; empty where none is selected. */
  get sum() {
    return this.box?.element.dataset.sum ?? "";
  }

  /** @param {string} name @param {Box} box */
  offer(name, box) {
    const { element } = box;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-pressed", "false");
    describe(box);
    element.addEventListener("click", () => this.toggle(name, box));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere in the player Space plays
      if (!event.repeat) this.toggle(name, box);
    });
  }

  /** Select a box, or no longer if it was selected. @param {string} name @param {Box} box */
  toggle(name, box) {
    const selected = box !== this.box;
    this.end();
    if (selected) {
      this.box = box;
      box.element.setAttribute("aria-pressed", "true");
      this.picture.lightParts(this.picture.pathsFrom(name));
    }
    this.changed();
  }

  /** Select nothing. */
  end() {
    this.box?.element.setAttribute("aria-pressed", "false");
    this.box = null;
  }
}
