/**
 * A page is one session: its blocks run in order, each once, as they do in the tests.
 *
 * So a run of a block first runs those above it that have not run.  Where one that has run has
 * changed since, or where the block itself has run already, the session begins anew from the top.
 * It does so in a fresh Python where all of it is the page's own, and the Python has run other code:
 * then it can say again that a block ran as on the page.
 *
 * @typedef {import("./block.js").Block} Block
 */

import { Ended, NotStarted } from "./python.js";

export class Session {
  /** @param {Block[]} blocks those that can run here @param {import("./python.js").Python} python */
  constructor(blocks, python) {
    this.blocks = blocks;
    this.python = python;
    /** @type {string[]} what has run in Python's present session, block by block */
    this.ran = [];
    this.pythons = -1; // which of the Pythons that `ran` is about
    this.busy = false;
    /** @type {Block | null} the block that Python runs now */
    this.current = null;
  }

  /** Run a block, and first what it stands on. @param {Block} block */
  async run(block) {
    if (this.busy) return;
    this.busy = true;
    const above = this.blocks.slice(0, this.blocks.indexOf(block) + 1);
    block.starts();
    this.tell();
    try {
      if (!this.fits(above)) {
        this.ran = [];
        this.python.reset(above.every((each) => !each.edited));
      }
      this.pythons = this.python.ended;
      for (const next of above.slice(this.ran.length)) {
        if (next !== block) block.waits(next);
        if (await this.runOne(next)) continue;
        if (next !== block) block.stuck(next);
        break;
      }
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      const { current } = this;
      block.ended(error, current ?? block);
      if (current !== block && !(error instanceof NotStarted)) current?.brokenOff(error.message);
    } finally {
      this.current = null;
      this.busy = false;
      this.tell();
    }
  }

  /** Whether the present session can go on to the last of these. @param {Block[]} above */
  fits(above) {
    return (
      this.pythons === this.python.ended &&
      this.ran.length < above.length &&
      this.ran.every((code, i) => code === above[i].code)
    );
  }

  /** @param {Block} block @returns {Promise<boolean>} whether the blocks below may run */
  async runOne(block) {
    const code = block.code;
    const basis = this.codes(block);
    const original = this.original(block);
    this.current = block;
    const outcome = await block.execute(this.python);
    const asShown = original && outcome.clean;
    this.ran.push(code);
    const goesOn = !outcome.failed && !outcome.ended;
    if (!goesOn) this.pythons = -1; // the next run starts from the top
    block.finished(outcome, basis, asShown);
    return goesOn;
  }

  /** The code that a block's output follows from, as one text. @param {Block} block */
  codes(block) {
    const end = this.blocks.indexOf(block) + 1;
    return this.blocks
      .slice(0, end)
      .map((each) => each.code)
      .join("\0");
  }

  /** Whether neither a block nor those above it have been edited. @param {Block} block */
  original(block) {
    return this.blocks.slice(0, this.blocks.indexOf(block) + 1).every((each) => !each.edited);
  }

  /** Let every block say where it stands. */
  tell() {
    for (const block of this.blocks) block.tell(this);
  }
}
