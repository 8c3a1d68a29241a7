/**
 * What stands below a block: what the page has verified, or what the reader's run has given.
 */

import { play, rest } from "../player/player.js";
import { cleaner, figure } from "./picture.js";
import { shown } from "./terminal.js";

export class Output {
  /**
   * @param {HTMLElement} block
   * @param {HTMLElement[]} verified what the page shows below the block
   * @param {number} number the block's
   * @param {() => void} tryAgain
   */
  constructor(block, verified, number, tryAgain) {
    this.number = number;
    this.verified = verified;
    this.live = document.createElement("div");
    this.live.className = "mygrad-live";
    this.live.hidden = true;
    this.pre = document.createElement("pre");
    this.text = document.createElement("code");
    this.pre.append(this.text);
    this.pre.tabIndex = 0; // so that whoever has no mouse can scroll it
    this.pre.setAttribute("role", "group");
    this.pre.setAttribute("aria-label", `Output of block ${number}`);
    this.picture = document.createElement("div");
    this.note = document.createElement("p");
    this.note.className = "mygrad-note";
    this.again = document.createElement("button");
    this.again.type = "button";
    this.again.className = "mygrad-button mygrad-button--again";
    this.again.textContent = "Try again";
    this.again.hidden = true;
    this.again.addEventListener("click", tryAgain);
    this.live.append(this.pre, this.picture, this.note, this.again);
    block.after(this.live);
    this.printed = "";
    this.drawn = false;
    this.pictures = 0; // how many it was asked to show, or to take away
  }

  /** A run begins: what stands here stays until something new comes. */
  begin() {
    cleaner().catch(() => {}); // whoever needs it says that it is missing
    this.printed = "";
    if (!this.again.hidden) this.tell("");
    this.again.hidden = true;
    this.live.classList.add("mygrad-live--running");
  }

  /** @param {string} text */
  print(text) {
    this.printed += text;
    if (this.drawn) return;
    this.drawn = true;
    requestAnimationFrame(() => {
      this.drawn = false;
      if (this.live.classList.contains("mygrad-live--running")) this.show(this.printed, "", "");
    });
  }

  /**
   * @param {import("./python.js").Outcome} outcome
   * @param {string} note
   * @param {boolean} asShown whether the code is the page's own, so that its caption fits
   */
  finish(outcome, note, asShown) {
    const text = outcome.traceback ? joined(outcome.printed, outcome.traceback) : outcome.printed;
    const caption = this.verified.map((below) => below.querySelector("figcaption")).find(Boolean);
    this.show(text, outcome.picture, note, asShown ? caption : null);
    this.live.classList.remove("mygrad-live--running");
    this.live.classList.toggle("mygrad-live--error", outcome.failed);
    this.live.classList.toggle("mygrad-live--differs", Boolean(outcome.difference));
  }

  /** The run has ended before the block had. @param {string} reason */
  breakOff(reason) {
    this.show(this.printed, "", reason);
    this.live.classList.remove("mygrad-live--running");
  }

  /** The block has not run, and may be tried again: what stands here stays. @param {string} reason */
  offerAgain(reason) {
    this.pre.hidden = !this.text.textContent;
    this.tell(reason);
    this.again.hidden = false;
    this.live.hidden = false;
    this.live.classList.remove("mygrad-live--running");
  }

  /** @param {string} text @param {string} picture as SVG, or a film as HTML @param {string} note @param {Element | null} [caption] */
  show(text, picture, note, caption) {
    for (const element of [this.live, ...this.verified]) rest(element);
    for (const element of this.verified) element.hidden = true;
    this.live.hidden = false;
    this.text.textContent = shown(text);
    this.pre.hidden = !text;
    this.draw(picture, caption);
    this.tell(note);
  }

  /** Say something below it all. @param {string} note empty for nothing */
  tell(note) {
    this.note.textContent = note;
    this.note.hidden = !note;
  }

  /** @param {string} picture @param {Element | null} [caption] */
  async draw(picture, caption) {
    const number = ++this.pictures;
    const figures = picture ? [await figure(picture, `live-${this.number}`)] : [];
    if (number !== this.pictures) return; // what came meanwhile is newer
    this.picture.replaceChildren(...figures);
    if (caption && figures[0]?.querySelector("svg")) figures[0].append(caption.cloneNode(true));
    const film = this.picture.querySelector(".mygrad-film");
    if (film) play(film);
  }

  /** It has not run after all. */
  cancel() {
    this.live.classList.remove("mygrad-live--running");
  }

  /** Whether what stands here follows from the code as it is. @param {boolean} current */
  setCurrent(current) {
    for (const element of [this.live, ...this.verified]) {
      element.classList.toggle("mygrad-old", !current);
      if (!current) rest(element);
    }
  }

  /** Back to what the page has verified. */
  restore() {
    rest(this.live);
    this.live.hidden = true;
    this.live.classList.remove("mygrad-live--error", "mygrad-live--differs");
    for (const element of this.verified) element.hidden = false;
  }
}

/** @param {string} printed @param {string} traceback */
function joined(printed, traceback) {
  return printed + (printed && !printed.endsWith("\n") ? "\n" : "") + traceback;
}
