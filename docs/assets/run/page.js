/**
 * Makes the blocks of a page run, and begins again on each page that the reader goes to.
 *
 * Nothing is loaded before the reader comes near a block: then Python begins to load.
 */

import { getModule } from "../loading/files.js";
import { Bar } from "./bar.js";
import { Block } from "./block.js";
import { replaceCopyOfTheme } from "./copy.js";
import * as edits from "./edits.js";
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
  const path = edits.pagePath();
  const isPlayground = document.querySelector(".mygrad-playground") !== null;
  /** @type {import("./playground.js").Playground | undefined} */
  let playground;
  /** @type {import("./block.js").PageOfBlocks} */
  const page = {
    session: null,
    announce: (text) => (speaker.textContent = text),
    touched: () => {
      for (const block of blocks) block.notice = "";
      update();
    },
    keyOf: (code) => {
      // Code of the playground is a program of its own: it stays, whatever the page begins with.
      if (isPlayground && !alike.size) return alike.set(code, 1) && edits.keyOf(path, "own", 0);
      const count = alike.get(code) ?? 0;
      alike.set(code, count + 1);
      return edits.keyOf(path, edits.hash(code), count);
    },
    refusal: (block, clicked) => playground?.refusal(block, clicked) ?? "",
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
  /** @type {import("./earlier.js").PageOfEdits} */
  const kept = { path, blocks, touched: page.touched, own: "", home: null };
  const bar = new Bar(kept, page.announce);
  data.after(speaker, bar.element);
  if (isPlayground) {
    getModule(new URL("./playground.js", import.meta.url).href).then(
      ({ Playground }) => {
        const opened = new Playground(blocks, page.announce);
        kept.own = opened.ownKey;
        kept.home = () => opened.showOwn();
        playground = opened;
      },
      (error) => {
        blocks[0].notice = "the playground did not load, so reload the page";
        page.announce(error.message);
        session.tell();
      },
    );
  }

  function update() {
    session.tell();
    for (const block of blocks) if (!block.runs) block.tell(session);
    bar.update();
    playground?.changed();
  }

  const pictures = document.querySelector(".mygrad-figure[data-below]") !== null;
  for (const { element, runs } of blocks) {
    if (!runs) continue;
    for (const near of ["pointerenter", "focusin"]) {
      element.addEventListener(near, () => sparing() || python.start(pictures), { once: true });
    }
  }
  heed = (look) => {
    for (const block of blocks) look(block);
    update();
  };
  update();
}

/** Whether the reader's line is slow or dear, as far as the browser tells: then nothing loads unasked. */
function sparing() {
  const { saveData, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return saveData || /^(slow-2g|2g|3g)$/.test(effectiveType);
}
/** Lets each block of the page look at what is kept. @type {(look: (block: Block) => void) => void} */
let heed = () => {};
// Another tab may have written: while this one was shown, or slept, or was left by "back".
for (const event of ["storage", "pageshow", "focus"]) {
  addEventListener(event, () => heed((block) => block.heed()));
}
addEventListener(edits.REPLACED, () => heed((block) => block.fetch()));

replaceCopyOfTheme();

let shown = /** @type {HTMLTemplateElement | null} */ (null);

function enter() {
  const data = /** @type {HTMLTemplateElement | null} */ (document.querySelector(".mygrad-blocks"));
  if (data === shown) return;
  if (shown) python.stop(); // what it has run may have changed it: each page has a Python of its own
  shown = data;
  heed = () => {};
  if (data) begin(data);
}

// Material's instant navigation changes the page without loading it anew.
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(enter);
else enter();
