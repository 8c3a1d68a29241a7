/**
 * The row above a block's code: run it, stop it, restore it, copy it with what it needs.
 */

import { getModule } from "../loading/files.js";
import { copy } from "./copy.js";

export class Toolbar {
  /**
   * @param {HTMLElement} block
   * @param {string} name what a screen reader calls the block
   * @param {{run: () => void, stop: () => void, restore: () => void, undo: () => void, take: () => void, program: () => string}} actions
   * @param {boolean} isProgram whether it can be a program of its own
   */
  constructor(block, name, actions, isProgram) {
    this.row = document.createElement("div");
    this.row.className = "mygrad-toolbar";
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", name);
    this.run = this.button("run", "Run", "Run this block (Ctrl+Enter)", actions.run);
    this.stop = this.button("stop", "Stop", "Stop Python", actions.stop);
    this.restore = this.button(
      "restore",
      "Restore",
      "Back to the page's own code",
      actions.restore,
    );
    this.state = document.createElement("span");
    this.state.className = "mygrad-state";
    this.undo = this.button("undo", "Undo", "Bring back what was restored", actions.undo);
    this.take = this.button(
      "take",
      "Take it",
      "Show the other tab's code here; yours is set aside",
      actions.take,
    );
    this.program = this.button("program", "", "Copy with what it needs", async () => {
      const copied = await copy(actions.program());
      this.say(copied ? "copied, with what it needs" : "not copied");
    });
    const help = this.button("help", "?", "How blocks are run and edited", () => this.help());
    this.row.append(this.run, this.stop, this.restore, this.state, this.undo, this.take);
    this.row.append(this.program, help);
    block.prepend(this.row);
    this.program.hidden = !isProgram;
    this.update({
      running: false,
      busy: false,
      altered: false,
      undoable: false,
      elsewhere: false,
      state: "",
    });
  }

  /** @param {string} kind @param {string} text @param {string} title @param {() => void} action */
  button(kind, text, title, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `mygrad-button mygrad-button--${kind}`;
    button.textContent = text;
    button.title = title;
    button.setAttribute("aria-label", text ? `${text}: ${title}` : title);
    button.addEventListener("click", action);
    return button;
  }

  async help() {
    try {
      (await getModule(new URL("./help.js", import.meta.url).href)).showHelp();
    } catch {
      this.say("the help did not load, so try again");
    }
  }

  /** Another button of the row. @param {string} kind @param {string} text @param {string} title @param {() => void} action */
  add(kind, text, title, action) {
    this.state.before(this.button(kind, text, title, action));
  }

  /** This block cannot run here. */
  refuse() {
    this.run.remove();
    this.stop.remove();
  }

  /** @param {{running: boolean, busy: boolean, altered: boolean, undoable: boolean, elsewhere: boolean, state: string}} now */
  update({ running, busy, altered, undoable, elsewhere, state }) {
    const focused = document.activeElement;
    this.run.hidden = running;
    this.run.setAttribute("aria-disabled", String(busy)); // and not disabled: it keeps the focus
    this.stop.hidden = !running;
    this.restore.hidden = !altered;
    this.undo.hidden = !undoable;
    this.take.hidden = !elsewhere;
    this.say(state);
    // Whoever uses keys goes on with what stands in the place of a button that has gone.
    if (!(focused instanceof HTMLButtonElement && focused.hidden)) return;
    if (!this.row.contains(focused)) return;
    const runs = [this.run, this.stop];
    const texts = [this.undo, this.restore];
    const order = runs.includes(focused) ? [...runs, ...texts] : [...texts, ...runs];
    order.find((button) => !button.hidden)?.focus();
  }

  /** @param {string} text */
  say(text) {
    this.state.textContent = text;
  }
}
