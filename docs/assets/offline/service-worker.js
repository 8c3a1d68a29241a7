/**
 * Serves the site out of the reader's browser, so that it works without a network.
 *
 * The build puts `SITE` in front of this: the version of the site, and the hash of each of its files
 * (`mygrad/book/site/offline.py`).  So a new site is a new service worker, which
 *
 * 1. fetches what the browser does not hold yet, and is installed only if it then has every file;
 * 2. waits until no page of the old site is open;
 * 3. takes over, and throws away what the old site alone needed.
 *
 * A page gets the files of one version, whatever the host publishes in the meantime.  What the list
 * does not have is asked of the host: downloads, pages that are newer than this, other origins.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** @type {{version: string, files: Record<string, string>}} hashes by address, relative to the scope */
const { version, files } = /** @type {any} */ (self).SITE;

const { scope } = worker.registration;
const CACHE = `mygrad ${scope}`;
const AT_ONCE = 4; // files fetched at the same time
const NOT_FOUND = "404.html";

/** The addresses at which the site has a file, without their origin, with the hashes. */
const hashes = new Map(Object.entries(files).map(([file, hash]) => [pathOf(file), hash]));

/** @param {string} address @returns {string} its path, that of its folder where it names an index.html */
function pathOf(address) {
  return new URL(address, scope).pathname.replace(/\/index\.html$/, "/");
}

/** Under which address a file is kept: with its hash, so that versions share what is alike. @param {string} path */
function keyOf(path) {
  return new URL(`${path}?${hashes.get(path)}`, scope).href;
}

// --- install: all files, or none is served ---

worker.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  if (sparing()) throw new Error("The reader's line is slow, or its data costs.");
  const cache = await caches.open(CACHE);
  /** @type {string[]} */
  const missing = [];
  for (const path of hashes.keys()) {
    if (!(await cache.match(keyOf(path)))) missing.push(path);
  }
  const fetchAll = async () => {
    try {
      for (let path; (path = missing.pop());) await cache.put(keyOf(path), await fetched(path));
    } catch (error) {
      missing.length = 0; // the host is gone, or has another version by now: fetch no more of it
      throw error;
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, fetchAll));
  for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Whether so many bytes should not be fetched unasked.  Not every browser knows. */
function sparing() {
  const { saveData, effectiveType, type } = /** @type {any} */ (navigator).connection ?? {};
  return saveData || type === "cellular" || /2g|3g/.test(effectiveType);
}

/** A file of this version from the host.  Fails where the host has it otherwise. @param {string} path */
async function fetched(path) {
  const response = await fetch(path, {
    cache: "no-cache", // the browser's own copy may be of an older version
    integrity: `sha256-${hashes.get(path)}`,
    priority: "low",
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // Made anew, without the address that it came from: a worker would take that for its own, and lose
  // its query; and a page can't be answered with what came by a redirect.
  return new Response(response.body, response);
}

// --- activate: what this version does not need is thrown away ---

worker.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  if (worker.registration.installing) return; // the next version may be fetching
  const needed = new Set([...hashes.keys()].map(keyOf));
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) if (!needed.has(url)) await cache.delete(url);
}

// --- fetch: what is kept ---

worker.addEventListener("fetch", (event) => {
  const { method, headers, url, mode } = event.request;
  if (method !== "GET" || headers.has("Range") || !url.startsWith(scope)) return;
  if (mode === "navigate") event.respondWith(page(event.request));
  else if (hashes.has(pathOf(url))) event.respondWith(part(event.request));
});

/** @param {Request} request for a page */
async function page(request) {
  const path = pathOf(request.url);
  if (hashes.has(path)) return kept(path);
  if (hashes.has(`${path}/`)) {
    return Response.redirect(`${path}/${new URL(request.url).search}`, 301); // as a host does
  }
  try {
    return await fetch(request);
  } catch (error) {
    if (/\.\w+$/.test(path)) throw error; // a download
    const { body, headers } = await kept(pathOf(NOT_FOUND));
    return new Response(body, { headers, status: 404 });
  }
}

/** @param {Request} request for what a page needs */
async function part(request) {
  const path = pathOf(request.url);
  const { referrer } = request; // the page, or what it has asked for already
  if (!referrer.startsWith(scope) || hashes.has(pathOf(referrer))) return kept(path);
  // A page that this version does not have: it came from the host, and so does what it needs.
  return fetch(request).catch(() => kept(path));
}

/** @param {string} path */
async function kept(path) {
  // Anybody on this origin may empty the cache; then the host is asked, for this very version.
  return (await caches.match(keyOf(path), { cacheName: CACHE })) ?? fetched(path);
}

// --- message: a page that was just loaded, see page.js ---

worker.addEventListener("message", ({ source, data }) => {
  if (data.type === "loaded") meet(/** @type {Client} */ (source), data.version);
});

/** @param {Client} page @param {string} itsVersion */
async function meet(page, itsVersion) {
  if (!(await caches.has(CACHE))) await worker.registration.unregister(); // begin again
  if (itsVersion !== version) return;
  const served = new Set((await pages()).map(({ id }) => id));
  const others = (await pages({ includeUncontrolled: true })).filter(({ id }) => !served.has(id));
  // The only one: what claims it would also claim pages of other versions.
  if (others.length === 1 && others[0].id === page.id) await worker.clients.claim();
}

/** The pages of this site that are open. @param {ClientQueryOptions} [options] */
async function pages(options) {
  const open = await worker.clients.matchAll({ ...options, type: "window" });
  return open.filter(({ url }) => url.startsWith(scope));
}
