/**
 * One film of a player: its picture, the list of its steps, and the words of one of them.
 */

import { get } from "../loading/files.js";
import { Derivative } from "./derivative.js";
import { Picture } from "./picture.js";
import { stepsOf } from "./steps.js";
import { View } from "./view.js";

export class Reel {
  /** @param {HTMLElement} element @param {() => void} selected called when a box is selected, or none */
  constructor(element, selected) {
    this.selected = selected;
    this.title = element.querySelector(".mygrad-reel-title")?.textContent ?? "";
    this.list = /** @type {HTMLElement} */ (element.querySelector(".mygrad-steps"));
    this.steps = stepsOf(this.list);
    this.done = this.steps.length; // how many steps the picture shows
    this.stepped = false; // until then no step is lit
    this.invitation = "";
    this.frame = /** @type {HTMLElement} */ (element.querySelector(".mygrad-scroll"));
    this.view = new View(this.frame);
    /** @type {HTMLTemplateElement | null} holds the picture of all values, where groups are shown */
    this.template = element.querySelector("template.mygrad-all");
    const svg = /** @type {SVGSVGElement} */ (this.frame.querySelector("svg"));
    this.shown = this.prepared(svg, this.template ? "grouped" : "change");
    /** @type {typeof this.shown | null} the other picture, of all values or of groups */
    this.other = null;
    this.sentence = paragraph("mygrad-sentence");
    this.rule = paragraph("mygrad-rule");
    const words = document.createElement("div");
    words.className = "mygrad-words";
    words.append(saying(this.sentence, this.rule), ...this.longest());
    this.frame.after(...this.unfolding(), words);
    for (const { element: item } of this.steps) {
      const link = document.createElement("a");
      link.href = `#${item.id}`;
      link.append(...item.childNodes);
      item.append(link);
    }
  }

  /** @param {SVGSVGElement} svg @param {"change" | "grouped"} kind whether it shows values or groups */
  prepared(svg, kind) {
    const changes = this.steps.map((step) => step[kind]);
    const picture = new Picture(svg, changes);
    const derivative = new Derivative(picture, () => {
      if (!derivative.sum) this.light();
      this.say();
      this.selected();
    });
    return { picture, derivative };
  }

  /** The step that was done last, if any. */
  get step() {
    return this.steps[this.done - 1];
  }

  /** Say this until the film is stepped. @param {string} words */
  invite(words) {
    this.invitation = words;
    this.say();
  }

  /** Show the picture after so many steps, and say the last of them. @param {number} done */
  show(done) {
    this.stepped = true;
    this.step?.element.removeAttribute("aria-current");
    this.done = Math.min(done, this.steps.length);
    this.step?.element.setAttribute("aria-current", "step");
    const { picture, derivative } = this.shown;
    derivative.end();
    picture.go(this.done);
    this.light();
    this.view.reveal(picture.boxes());
    this.say();
  }

  light() {
    const { picture } = this.shown;
    if (this.stepped) picture.light();
    else picture.lightParts([]);
  }

  /** Let no box be selected; `selected` is called where one was. */
  unselect() {
    const { derivative } = this.shown;
    if (!derivative.box) return;
    derivative.end();
    derivative.changed();
  }

  /** The picture as the page has verified it, with nothing lit. */
  rest() {
    const { picture, derivative } = this.shown;
    derivative.end();
    picture.go(this.steps.length);
    picture.lightParts([]);
  }

  /** Say what is shown: the selected derivative, or else the last step. */
  say() {
    const { sum } = this.shown.derivative;
    if (sum) {
      this.sentence.textContent = sum;
      this.rule.replaceChildren(prose("Lit: every path from here to the result."));
    } else if (!this.stepped) {
      this.sentence.replaceChildren(prose(this.invitation));
      this.rule.textContent = "";
    } else if (this.step) {
      this.sentence.replaceChildren(...this.step.sentence);
      this.rule.textContent = this.step.formula;
    } else {
      this.sentence.replaceChildren(prose("Before the first step."));
      this.rule.textContent = "";
    }
  }

  /** The longest words there are, unseen: they keep the place, so that nothing below moves. */
  longest() {
    const sums = [...this.shown.picture.nodes.values()].map((box) => box.element.dataset.sum ?? "");
    const noted = this.steps.filter((step) => step.element.querySelector("em"));
    const formula = longestOf(this.steps, (step) => step.formula.length)?.formula;
    return [
      longestOf(this.steps, lengthOf)?.sentence ?? [],
      longestOf(noted, lengthOf)?.sentence ?? [],
      [longestOf(sums, (sum) => sum.length) ?? ""],
    ].map((words) => {
      const unseen = saying(paragraph("mygrad-sentence"), paragraph("mygrad-rule"));
      unseen.classList.add("mygrad-saying--unseen");
      unseen.ariaHidden = "true";
      const copies = words.map((word) => (word instanceof Node ? word.cloneNode(true) : word));
      unseen.children[0].append(...copies);
      unseen.children[1].append(formula || "\u00a0");
      return unseen;
    });
  }

  /** The button that shows all values in place of groups. */
  unfolding() {
    const template = this.template;
    if (!template) return [];
    const show = `Show all ${template.dataset.count} values`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mygrad-unfold";
    button.textContent = show;
    button.addEventListener("click", async () => {
      const unfolds = button.textContent !== "Show the groups";
      button.textContent = unfolds ? "Loading" : show;
      try {
        await this.swap(template);
        button.textContent = unfolds ? "Show the groups" : show;
      } catch {
        button.textContent = `${show}: not loaded, try again`;
      }
    });
    return [button];
  }

  /** Show all values in place of the groups, or the groups again. @param {HTMLTemplateElement} template */
  async swap(template) {
    this.other ??= this.prepared(await pictureIn(template), "change");
    const { picture } = this.other;
    [this.shown, this.other] = [this.other, this.shown];
    this.other.picture.svg.replaceWith(picture.svg);
    this.frame.classList.toggle("mygrad-scroll--all");
    this.frame.style.setProperty("--picture-width", `${picture.svg.getAttribute("width")}px`);
    this.view.measure();
    this.other.derivative.end();
    if (this.stepped) this.show(this.done);
    else this.say();
  }
}

/** The picture of all values: the page holds it, or names its file. @param {HTMLTemplateElement} template */
async function pictureIn({ content, dataset }) {
  if (!dataset.source) return /** @type {SVGSVGElement} */ (content.querySelector("svg"));
  const { href } = new URL(dataset.source, document.baseURI);
  const text = await get(href, (response) => response.text());
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  if (file.querySelector("parsererror")) throw new Error(`${href} came damaged`);
  file.querySelector("style")?.remove(); // for the file alone: here it would be the whole page's
  return /** @type {SVGSVGElement} */ (/** @type {Element} */ (file.documentElement));
}

/** How long a step's sentence is. @param {import("./steps.js").Step} step */
function lengthOf({ sentence }) {
  return sentence.reduce((sum, node) => sum + (node.textContent ?? "").length, 0);
}

/**
 * @template Thing
 * @param {Thing[]} things
 * @param {(thing: Thing) => number} length
 * @returns {Thing | undefined}
 */
function longestOf(things, length) {
  return things.reduce(
    (/** @type {Thing | undefined} */ a, b) => (a === undefined || length(b) > length(a) ? b : a),
    undefined,
  );
}

/** @param {string} name of its class */
function paragraph(name) {
  const element = document.createElement("p");
  element.className = name;
  return element;
}

/** Words that are no formula. @param {string} words */
function prose(words) {
  const element = document.createElement("em");
  element.textContent = words;
  return element;
}

/** @param {HTMLElement[]} paragraphs */
function saying(...paragraphs) {
  const element = document.createElement("div");
  element.className = "mygrad-saying";
  element.append(...paragraphs);
  return element;
}
