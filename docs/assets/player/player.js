/**
 * Plays the films of a page: one step of one or several reels at a time, by buttons and by keys.
 *
 * A film stands at its end, as the page has verified it, until somebody steps it.
 */

import { Controls } from "./controls.js";
import * as lines from "./lines.js";
import { Reel } from "./reel.js";

const PACE = 1200; // milliseconds from step to step
const SCROLL = 40; // pixels by each press of a key

/** @type {Map<Element, Player>} by their films */
const players = new Map();

/** Put a player around a film, unless it has no steps. @param {Element} film in the page */
export function play(film) {
  for (const [other] of players) if (!other.isConnected) players.delete(other);
  if (players.has(film) || !film.querySelector(".mygrad-steps > li")) return;
  players.set(film, new Player(/** @type {HTMLElement} */ (film)));
}

/** Stop the films in an element that no longer shows what the code gives. @param {Element} element */
export function rest(element) {
  for (const [film, player] of players) if (element.contains(film)) player.leave();
}

/** Show the step that an address names, as in "hero-step-5". @param {string} id */
export function visit(id) {
  const step = document.getElementById(id);
  const player = [...players.values()].find(({ film }) => step && film.contains(step));
  if (step && player) player.visit(step);
}

/** Bring all films to the form that they have on paper, or back. @param {boolean} onPaper */
export function print(onPaper) {
  for (const player of players.values()) player.print(onPaper);
}

class Player {
  /** @param {HTMLElement} film */
  constructor(film) {
    this.film = film;
    this.reels = [...film.querySelectorAll(".mygrad-reel")].map(
      (element) => new Reel(/** @type {HTMLElement} */ (element), () => this.selected()),
    );
    this.last = Math.max(...this.reels.map((reel) => reel.steps.length));
    this.at = this.last;
    this.stepped = false; // until then nothing is lit, neither here nor in the code
    this.timer = 0;
    this.keyHeld = false;
    this.onPaper = false;
    this.listWasOpen = false;
    // What the reader has run is gone with the page: no address leads to it.
    this.hasAddress = !film.closest(".mygrad-live");
    this.controls = new Controls(this.last, {
      first: () => this.step(0),
      back: () => this.step(this.at - 1),
      play: () => (this.timer ? this.pause() : this.start()),
      next: () => this.next(),
      last: () => this.step(this.last),
      go: (step) => this.step(step),
    });
    this.list = this.folded();
    this.link = document.createElement("a");
    this.link.className = "mygrad-step-link";
    this.link.textContent = "Link to this step";
    this.link.href = "#"; // until a step is shown
    this.link.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "mygrad-told";
    this.status.setAttribute("role", "status");
    const foot = document.createElement("div");
    foot.className = "mygrad-foot";
    foot.append(this.list, this.link, this.status);
    film.append(this.controls.row, foot);
    film.classList.add("mygrad-film--played");
    film.setAttribute("role", "group");
    film.setAttribute("aria-label", `Film of ${counted(this.last)}`);
    film.tabIndex = -1; // a click anywhere in it brings the keys here
    film.addEventListener("keydown", (event) => this.key(event));
    film.addEventListener("keyup", () => (this.keyHeld = false));
    film.addEventListener("click", (event) => this.click(event));
    this.controls.update(this.at, false);
    this.reels[0].invite(
      `Play the ${counted(this.last)} that led to these numbers, or go one by one.`,
    );
  }

  /** The lists of the steps, folded away. */
  folded() {
    const details = document.createElement("details");
    details.className = "mygrad-list";
    const summary = document.createElement("summary");
    summary.textContent = `All ${counted(this.last)}`;
    const lists = document.createElement("div");
    lists.className = "mygrad-lists";
    for (const { title, list } of this.reels) {
      const column = document.createElement("div");
      if (title) column.append(Object.assign(document.createElement("p"), { textContent: title }));
      column.append(list);
      lists.append(column);
    }
    details.append(summary, lists);
    return details;
  }

  /** Go to a step that the reader asks for. @param {number} step */
  step(step) {
    this.pause();
    this.go(step);
  }

  next() {
    if (this.at < this.last) this.step(this.at + 1);
    else if (!this.keyHeld) this.step(0);
  }

  start() {
    for (const player of players.values()) player.pause();
    this.advance(this.at === this.last ? 0 : this.at + 1);
  }

  /** Go to a step, and in a while to the next. @param {number} step */
  advance(step) {
    if (!this.film.isConnected) return;
    const more = step < this.last;
    const wait = PACE / Number(this.controls.speed.value);
    this.timer = more ? window.setTimeout(() => this.advance(step + 1), wait) : 0;
    this.go(step);
  }

  pause() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.controls.update(this.at, false);
  }

  /** Stop, and light nothing outside of the film. */
  leave() {
    this.pause();
    lines.darken(this);
  }

  /** @param {number} step */
  go(step) {
    this.at = Math.max(0, Math.min(step, this.last));
    this.stepped = true;
    for (const reel of this.reels) reel.show(this.at);
    // Lines of code that has been changed are no longer those that made the film.
    if (this.film.closest(".mygrad-old")) lines.darken(this);
    else lines.light(this, [...new Set(this.reels.map((reel) => reel.step?.line ?? ""))]);
    this.controls.update(this.at, this.timer !== 0);
    this.link.href = `#${this.address}`;
    this.link.hidden = !this.hasAddress || this.at === 0;
    this.tell(`Step ${this.at} of ${this.last}`);
  }

  /** The id of the step that is shown: the longest reel has one for each. */
  get address() {
    return this.reels.find((reel) => reel.steps.length === this.last)?.step?.element.id ?? "";
  }

  selected() {
    this.pause();
    this.tell("");
  }

  /** Tell a screen reader what the film says for all to see. @param {string} place */
  tell(place) {
    const said = this.reels.map(({ title, sentence }) =>
      [title, sentence.textContent].filter(Boolean).join(": "),
    );
    this.status.textContent = [place, ...said].filter(Boolean).join(". ");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    this.keyHeld = event.repeat;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.matches("select, textarea, input:not([type=range])")) return;
    if (event.key === " " && target.matches("button, summary")) return;
    const action = event.shiftKey
      ? scroll(target.closest(".mygrad-scroll"), event.key)
      : {
          ArrowLeft: () => this.step(this.at - 1),
          ArrowRight: () => this.next(),
          Home: () => this.step(0),
          End: () => this.step(this.last),
          " ": () => (this.timer ? this.pause() : this.start()),
          Escape: () => this.reels.forEach((reel) => reel.unselect()),
        }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** A link to a step leads to it, and into the address bar. @param {MouseEvent} event */
  click(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would go to the step's place in the list
    if (link !== this.link) this.step(this.numberOf(link));
    if (this.hasAddress) history.replaceState(history.state, "", link.href);
  }

  /** Which step a part of the lists belongs to. @param {Element} part */
  numberOf(part) {
    const item = part.closest("li");
    const numbers = this.reels.map(({ steps }) => steps.findIndex((step) => step.element === item));
    return Math.max(...numbers) + 1;
  }

  /** Show the step that the page's address names. @param {Element} step */
  visit(step) {
    this.step(this.numberOf(step));
    this.list.open = false; // the browser has opened it, to show the step there
    this.film.scrollIntoView({ block: "center" });
    this.film.focus({ preventScroll: true }); // the next step is a key away
  }

  /** @param {boolean} onPaper */
  print(onPaper) {
    if (onPaper === this.onPaper) return;
    this.onPaper = onPaper;
    if (onPaper) {
      this.pause();
      this.listWasOpen = this.list.open;
      for (const reel of this.reels) reel.rest();
    } else if (this.stepped) {
      for (const reel of this.reels) reel.show(this.at);
    }
    this.list.open = onPaper || this.listWasOpen;
  }
}

/** @param {number} steps */
function counted(steps) {
  return `${steps} ${steps === 1 ? "step" : "steps"}`;
}

/** What a key scrolls a frame by, since without Shift it steps. @param {Element | null} frame @param {string} key */
function scroll(frame, key) {
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
    key
  ] ?? [0, 0];
  return frame && (x || y) ? () => frame.scrollBy(x * SCROLL, y * SCROLL) : undefined;
}
