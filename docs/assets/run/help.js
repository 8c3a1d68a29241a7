/**
 * What a reader may want to know about running blocks, in a dialogue.
 */

const HELP = `
  <h2>Running the blocks of a page</h2>
  <p>It is real Python, in your browser. Nothing you write leaves this machine.</p>
  <ul>
    <li><b>Run</b>, or Ctrl+Enter (Cmd+Enter) in the code: runs the block, and first those above it
      that have not run. A block that has run before starts the page over, so that its result
      follows from the code you see.</li>
    <li><b>Stop</b> ends Python, whatever it is doing.</li>
    <li>Click into the code to change it. Your changes are kept in this browser.
      <b>Restore</b> brings back the page's own code and its verified output.</li>
    <li><b>Copy with what it needs</b> copies a program that runs alone, where the package is
      installed.</li>
    <li><kbd>Tab</kbd> goes on to the next control. Once you have typed or clicked in the code, it
      indents; <kbd>Escape</kbd>, then <kbd>Tab</kbd>, leaves.</li>
  </ul>
  <form method="dialog"><button class="mygrad-button">Close</button></form>`;

export function showHelp() {
  const dialog = document.createElement("dialog");
  dialog.className = "mygrad-help md-typeset";
  dialog.innerHTML = HELP;
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
