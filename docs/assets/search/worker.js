/**
 * Lets the search wait until the reader searches: its index weighs as much as the rest of a page,
 * and the script that goes through it a tenth of that.
 *
 * Material starts its search's worker on each page, and has no option for later.  So this is the
 * worker, and its address ends in the name of Material's own (`worker.js?NAME`).  The page brings an
 * index without a document, and is told at once that all is ready.  With the first word the whole
 * index comes (`mygrad/book/site/search.py`), and Material's script, which answers from then on.
 */

/** Material's messages, by their types. */
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const SCRIPT = new URL(`../javascripts/workers/search.${location.search.slice(1)}`, location.href);
const INDEX = new URL("../../search/index.json", location.href);
const PATIENCE = 30_000; // milliseconds

const FAILED = {
  location: "", // the first page
  title: "The search could not be loaded",
  text: "The site does not answer: is there a connection? Change a letter to try again.",
  score: 1,
  terms: {},
};

/** @type {any} what the page sets the search up with */
let setup;
/** The newest question: an older one needs no answer any more. */
let asked = "";
let loading = false;

self.onmessage = ({ data: { type, data } }) => {
  if (type === SETUP) {
    setup = data;
    self.postMessage({ type: READY });
  } else if (type === QUERY) {
    asked = data;
    if (!asked.trim()) answer([]);
    else if (!loading) load();
  }
};

/** @param {object[][]} items */
function answer(items) {
  self.postMessage({ type: RESULT, data: { items } });
}

async function load() {
  loading = true;
  try {
    const [script, index] = await Promise.all([fetched(SCRIPT), fetched(INDEX)]);
    const { docs } = await index.json();
    importScripts(URL.createObjectURL(await script.blob()));
    await built(docs);
    self.onmessage = null;
    tell(QUERY, asked);
  } catch (error) {
    console.warn("The search could not be loaded:", error);
    answer([[FAILED]]);
  }
  loading = false;
}

/** @param {URL} address */
async function fetched(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** Let Material's script make its index.  That it is ready has been told already. @param {object[]} docs */
async function built(docs) {
  const { postMessage } = self;
  await new Promise((ready) => {
    self.postMessage = ready;
    tell(SETUP, { ...setup, docs });
  });
  self.postMessage = postMessage;
}

/** Hand a message to Material's script. @param {number} type @param {any} data */
function tell(type, data) {
  self.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
}
