/**
 * Lights the lines of code that made what a step is about, in the blocks of the page.
 *
 * One film of a page has its lines lit: the one that was stepped last.
 */

/** @type {{owner: object | null, lines: string, bars: HTMLElement[]}} */
let lit = { owner: null, lines: "", bars: [] };

/** Light these lines and no others, each as in "3:7" or "3:7-9": a block, and lines from 1. @param {object} owner the film @param {string[]} lines */
export function light(owner, lines) {
  const all = lines.join(" ");
  if (lit.owner === owner && lit.lines === all) return;
  for (const bar of lit.bars) bar.remove();
  lit = { owner, lines: all, bars: lines.flatMap(bar) };
}

/** Light nothing for this film. @param {object} owner */
export function darken(owner) {
  if (lit.owner === owner) light(owner, []);
}

/** @param {string} line */
function bar(line) {
  const [, block, first, last = first] = /^(\d+):(\d+)(?:-(\d+))?$/.exec(line) ?? [];
  const code = block ? document.querySelector(`#block-${block} pre > code`) : null;
  const most = (code?.textContent ?? "").trimEnd().split("\n").length;
  if (!code || Number(first) > most) return [];
  const element = document.createElement("div");
  element.className = "mygrad-made";
  element.style.setProperty("--line", String(Number(first) - 1));
  const end = Math.min(Number(last), most); // a film from a run may name any
  element.style.setProperty("--lines", String(end - Number(first) + 1));
  code.after(element);
  return [element];
}
