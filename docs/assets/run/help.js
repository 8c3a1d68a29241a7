/**
 * What a reader may want to know about running blocks, in a dialogue.
 */

import { offlineHelp } from "../offline/help.js";
import { showDialogue } from "./dialogue.js";
import { forgetting } from "./forget.js";

const HELP = `
  <p>It is real Python, in your browser. Nothing you write leaves this machine.</p>
  <ul>
    <li><b>Run</b>, or Ctrl+Enter (Cmd+Enter) in the code: runs the block, and first those above it
      that have not run. A block that has run before starts the page over, so that its result
      follows from the code you see.</li>
    <li><b>Stop</b> ends Python, whatever it is doing.</li>
    <li>Click into the code to change it. Your changes are kept in this browser.
      <b>Restore</b> brings back the page's own code with its verified output; <b>Undo</b> then
      brings back your changes. What you replace or delete in other ways is found under
      <b>Earlier versions</b>, which holds up to 20 for each block.</li>
    <li><b>Copy with what it needs</b> copies a program that runs alone, where the package is
      installed.</li>
    <li><kbd>Tab</kbd> goes on to the next control. Once you have typed or clicked in the code, it
      indents; <kbd>Escape</kbd>, then <kbd>Tab</kbd>, leaves.</li>
  </ul>`;

export async function showHelp() {
  const heading = document.createElement("h2");
  heading.textContent = "Running the blocks of a page";
  const help = document.createElement("div");
  help.innerHTML = HELP;
  showDialogue(heading, help, offlineHelp(), await forgetting());
}
