/**
 * The playground: its code stands in the address, so that it can be shared, and each example can be
 * put there.  Whatever comes from an address or an example waits for a click, and what a reader
 * makes of it is kept apart from their own code.
 *
 * @typedef {import("./block.js").Block} Block
 *
 * @typedef {object} Place whose code the playground shows
 * @property {"own" | "example" | "address"} from
 * @property {string} base the code before its reader changed it
 */

import * as address from "./address.js";
import { copy } from "./copy.js";
import * as edits from "./edits.js";
import { Origin } from "./origin.js";

const LAST = "mygrad.playground"; // in the session's storage: the last hash, and its place
const READING = 1000; // milliseconds: a click as soon as that was meant for what stood there before
const QUIET = 250; // milliseconds: browsers refuse to change an address at each key

export class Playground {
  /**
   * @param {Block[]} blocks the first one is the playground, the others are examples
   * @param {(text: string) => void} announce
   */
  constructor([block, ...examples], announce) {
    this.block = block;
    this.announce = announce;
    this.path = location.pathname;
    this.ownKey = block.key;
    /** @type {Place} */
    this.place = { from: "own", base: block.original };
    this.origin = new Origin(block, () => this.goToOwn());
    this.unread = false; // whether it is a stranger's code, and has not run
    this.replaced = -READING; // when it took the place of other code
    this.shown = block.code; // the code that the address has, or need not have
    this.timer = 0;
    block.toolbar.add("link", "Copy link", "Copy the address of this code", () => this.copyLink());
    for (const example of examples) {
      example.toolbar.add("open", "To the playground", "Put this code into the playground", () =>
        this.open(example.code),
      );
    }
    const leave = new AbortController();
    addEventListener("hashchange", () => (this.isHere ? this.read() : leave.abort()), leave);
    this.read();
  }

  /** Whether the address is still the one of this page. */
  get isHere() {
    return this.block.element.isConnected && location.pathname === this.path;
  }

  /** Show what the address asks for. */
  async read() {
    const { hash } = location;
    const last = lastPlace();
    if (last?.hash === hash) return this.show(last.place); // a reload
    if (!address.bringsCode(hash)) {
      if (!hash) this.showOwn();
      return;
    }
    try {
      const code = await address.codeOf(hash);
      if (location.hash !== hash) return; // changed again meanwhile
      const own = edits.load(this.ownKey) ?? this.block.original;
      if (code === own) this.showOwn();
      else this.show({ from: "address", base: code });
    } catch (error) {
      if (!(error instanceof address.AddressError)) throw error;
      this.showOwn();
      this.origin.warn(`${error.message} Ask for it anew. What stands below is your own code.`);
      this.say("the address holds no code that can be read");
    }
  }

  /** Show code, or what its reader has made of it. @param {Place} place */
  show(place) {
    if (place.base !== this.place.base) {
      this.block.page.session?.python.renew();
      if (this.place.from !== "own" || this.block.edited) this.replaced = performance.now();
    }
    this.place = place;
    const { from } = place;
    this.unread = from === "address";
    const isOwn = from === "own";
    const key = isOwn ? this.ownKey : edits.keyOfLink(edits.pagePath(), place.base);
    // A plain address is brought up to the reader's own code; any other waits for a change.
    this.shown = (isOwn && !location.hash ? null : edits.load(key)) ?? place.base;
    this.block.move(place.base, key);
    this.changed(); // the page does not know of this playground while it is made
    if (from === "own") {
      this.origin.hide();
      return;
    }
    this.origin.show(from, this.block.altered, this.block.code);
    if (from === "example") this.say("from the example: run it, or change it");
    else this.say("from the address: read it, then run it");
  }

  /** Show the reader's own code. @returns {Block} where it is */
  showOwn() {
    this.show({ from: "own", base: this.block.original });
    return this.block;
  }

  async goToOwn() {
    this.showOwn();
    await this.write("pushState");
    this.block.editor.area.focus();
    this.say("your own code");
  }

  /** @param {string} code of an example */
  async open(code) {
    this.show({ from: "example", base: code });
    await this.write("pushState"); // so that "back" leads to what was shown before
    this.block.element.scrollIntoView({ block: "start" });
    this.block.editor.area.focus();
  }

  /**
   * Why a block is not to be run yet: the playground runs before the examples.
   *
   * @param {Block} block
   * @param {boolean} clicked
   */
  refusal(block, clicked) {
    if (!this.unread) return "";
    if (block !== this.block) return `${this.block.name.toLowerCase()} holds code nobody has read`;
    if (window.top !== window)
      return "another site frames this page: open it on its own, then press Run";
    if (!clicked) return "read it first, then press Run";
    if (performance.now() - this.replaced < READING)
      return "it has just come: read it, then press Run";
    if (!this.origin.seen()) return "read it to its end, then press Run";
    this.unread = false;
    return "";
  }

  /** The reader has changed something. */
  changed() {
    if (this.block.code === this.shown) return;
    this.origin.warn("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write("replaceState"), QUIET);
  }

  /**
   * Bring the address up to the code.  Code that is too long for one is kept all the same.
   *
   * @param {"pushState" | "replaceState"} change
   */
  async write(change) {
    const { code, edited } = this.block;
    const isOwn = this.place.from === "own";
    const hash =
      isOwn && !edited ? "" : await address.hashOf(code).catch(() => (isOwn ? "" : location.hash));
    if (this.block.code !== code || !this.isHere) return; // changed again meanwhile
    this.shown = code;
    remember(hash, this.place);
    if (location.hash === hash) return;
    history[change](history.state, "", location.pathname + location.search + hash);
  }

  async copyLink() {
    const { code, edited } = this.block;
    try {
      const link = new URL(location.href);
      link.hash = edited ? await address.hashOf(code) : "";
      this.say((await copy(link.href)) ? "address copied" : "not copied");
    } catch (error) {
      if (!(error instanceof address.AddressError)) throw error;
      this.origin.warn(error.message);
      this.say("no link can carry it");
    }
  }

  /** @param {string} text */
  say(text) {
    this.block.notice = text;
    this.block.toolbar.say(text);
    this.announce(`${text}. ${this.origin.text}`);
  }
}

/** Keep which place a hash shows: the code alone does not say whose it is. @param {string} hash @param {Place} place */
function remember(hash, place) {
  try {
    sessionStorage.setItem(LAST, JSON.stringify({ hash, place }));
  } catch {
    // then a reload takes the address for anybody's, which loses nothing
  }
}

/** @returns {{hash: string, place: Place} | null} */
function lastPlace() {
  try {
    const { hash, place } = JSON.parse(sessionStorage.getItem(LAST) ?? "");
    const fits = ["own", "example", "address"].includes(place.from);
    return fits && typeof place.base === "string" ? { hash, place } : null;
  } catch {
    return null;
  }
}
