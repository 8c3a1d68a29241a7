/**
 * What a block prints, as a terminal shows it in the end: the same rules as mygrad/book/run/terminal.py,
 * for what is shown before the block has ended.
 */

const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/;
const PIECE = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[^]/gu;

/** @param {string} text */
export function shown(text) {
  if (!CONTROL.test(text)) return text;
  return text
    .replaceAll(/\r+\n|[\v\f]/g, "\n")
    .split("\n")
    .map(line)
    .join("\n");
}

/** @param {string} text */
function line(text) {
  if (!CONTROL.test(text)) return text;
  /** @type {string[]} */
  const cells = [];
  let at = 0;
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === "\r") at = 0;
    else if (piece === "\b") at = Math.max(at - 1, 0);
    else if (/^\x1b\[0?K$/.test(piece)) cells.length = Math.min(cells.length, at);
    else if (piece === "\x1b[2K") cells.fill(" ");
    else if (!CONTROL.test(piece)) cells[at++] = piece;
  }
  return cells.join("");
}
