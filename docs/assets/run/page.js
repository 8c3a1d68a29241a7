/**
 * Makes the blocks of a page run, and begins again on each page that the reader goes to.
 *
 * Nothing is loaded before the reader comes near a block: then Python begins to load.
 */

import { getModule } from "../loading/files.js";
import { Block } from "./block.js";
import { Python } from "./python.js";
import { Session } from "./session.js";

const python = new Python(new URL("../python/worker.js", import.meta.url));

/** @param {HTMLTemplateElement} data what the build knows about this page's blocks */
function begin(data) {
  /** @type {import("./block.js").Facts[]} */
  const facts = JSON.parse(data.content.textContent ?? "");
  /** @type {Map<string, number>} how many blocks have a code, so far */
  const alike = new Map();
  const speaker = document.createElement("p");
  speaker.className = "mygrad-speaker";
  speaker.setAttribute("role", "status");
  const bar = document.createElement("div");
  bar.className = "mygrad-edits";
  bar.hidden = true;
  /** @type {{session: Session | null, announce: (text: string) => void, touched: () => void, countAlike: (code: string) => number}} */
  const page = {
    session: null,
    announce: (text) => (speaker.textContent = text),
    touched: () => update(),
    countAlike: (code) => {
      const count = alike.get(code) ?? 0;
      alike.set(code, count + 1);
      return count;
    },
  };
  const blocks = facts.flatMap((fact) => {
    const element = document.getElementById(`block-${fact.number}`);
    return element ? [new Block(element, fact, page)] : [];
  });
  const session = new Session(
    blocks.filter((block) => block.runs),
    python,
  );
  page.session = session;
  /** @type {import("./playground.js").Playground | undefined} */
  let playground;
  if (document.querySelector(".mygrad-playground")) {
    getModule(new URL("./playground.js", import.meta.url).href).then(
      ({ Playground }) => (playground = new Playground(blocks, page.announce)),
      (error) => {
        blocks[0].notice = "the playground did not load, so reload the page";
        page.announce(error.message);
        session.tell();
      },
    );
  }
  const restore = document.createElement("button");
  restore.type = "button";
  restore.className = "mygrad-button";
  restore.textContent = "Restore all";
  restore.addEventListener("click", () => {
    for (const block of blocks) if (block.edited) block.restore();
    page.announce("All blocks are the page's own again.");
  });
  const count = document.createElement("span");
  bar.append(count, " ", restore);
  data.after(speaker, bar);

  function update() {
    const edited = blocks.filter((block) => block.edited).length;
    bar.hidden = !edited;
    count.textContent = `${edited} ${edited === 1 ? "block" : "blocks"} edited`;
    for (const block of blocks) block.notice = "";
    session.tell();
    playground?.changed();
  }

  const pictures = document.querySelector(".mygrad-figure[data-below]") !== null;
  for (const { element, runs } of blocks) {
    if (!runs) continue;
    for (const near of ["pointerenter", "focusin"]) {
      element.addEventListener(near, () => sparing() || python.start(pictures), { once: true });
    }
  }
  update();
}

/** Whether the reader's line is slow or dear, as far as the browser tells: then nothing loads unasked. */
function sparing() {
  const { saveData, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return saveData || /^(slow-2g|2g|3g)$/.test(effectiveType);
}

let shown = /** @type {HTMLTemplateElement | null} */ (null);

function enter() {
  const data = /** @type {HTMLTemplateElement | null} */ (document.querySelector(".mygrad-blocks"));
  if (data === shown) return;
  if (shown) python.stop(); // what it has run may have changed it: each page has a Python of its own
  shown = data;
  if (data) begin(data);
}

// Material's instant navigation changes the page without loading it anew.
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(enter);
else enter();
