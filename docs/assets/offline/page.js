/**
 * Lets the browser keep the site, so that it can be read without a network.
 *
 * It begins once a page has been loaded and the browser has nothing else to do.  What is kept, and
 * when it is taken, is up to `service-worker.js`.
 */

/**
 * @typedef {"kept" | "coming" | "forgotten" | "impossible"} State
 *   kept: it works without a network.  coming: not yet.  forgotten: by the reader's wish.
 *   impossible: this browser can't, or not at this address, or this build is not made for it.
 */

const KEY = "mygrad offline";
const NO = "no";
const base = new URL("../../", import.meta.url);

/** What the build says of the whole site; missing where it is not to be kept. */
const mark = () =>
  /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=mygrad-version]"));
const version = mark()?.content;
/** Megabytes: in the browser, and over the line. */
export const { stored = "", sent = "" } = mark()?.dataset ?? {};

const { serviceWorker } = navigator; // undefined where an address is not secure

/** Comes true when the site is kept; where it never is, this never ends. */
export const kept = serviceWorker ? serviceWorker.ready : new Promise(() => {});

/** @returns {Promise<State>} */
export async function state() {
  if (!version || !serviceWorker) return "impossible";
  if (refused()) return "forgotten";
  return (await registered())?.active ? "kept" : "coming";
}

/** Remove what is kept, and keep nothing until the reader wants it again. */
export async function forget() {
  remember(NO);
  await remove();
}

/** Keep the site again. */
export async function keep() {
  remember(null);
  await register();
}

function refused() {
  try {
    return localStorage.getItem(KEY) === NO;
  } catch {
    return false; // storage is denied, so that nothing is kept either
  }
}

/** @param {string | null} choice */
function remember(choice) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage nothing is kept on the next visit either.
  }
}

/** The site's registration, not that of another one above it. */
async function registered() {
  const registration = await serviceWorker.getRegistration(base);
  return registration?.scope === base.href ? registration : undefined;
}

async function remove() {
  if (!serviceWorker) return;
  await (await registered())?.unregister();
  await caches.delete(`mygrad ${base.href}`);
}

async function register() {
  if (!version || !serviceWorker) return;
  const registration = await serviceWorker.register(
    new URL("service-worker.js", base),
    { updateViaCache: "none" }, // the browser's own copy may be as old as the host allows
  );
  if (registration.active) await registration.update().catch(removeWhereGone);
  // It takes this page over at once, where it is the only one and of the same version.
  (await serviceWorker.ready).active?.postMessage({ type: "loaded", version });
}

/** The host has no newer version: where it has no such file any more, another site is here now. */
async function removeWhereGone() {
  const { status } = await fetch(new URL("service-worker.js", base), {
    method: "HEAD",
    cache: "no-store",
  });
  if (status !== 404 && status !== 410) return;
  await remove();
  location.reload();
}

async function begin() {
  if (refused())
    await remove(); // another tab may have been about to keep it
  else await register();
}

/** Run it when there is nothing else to do, and never let it trouble the reader. */
function beginIdly() {
  const idle = window.requestIdleCallback ?? setTimeout;
  idle(() => begin().catch((error) => console.info("Nothing is kept for later:", error)));
}

if (version && serviceWorker) {
  if (document.readyState === "complete") beginIdly();
  else window.addEventListener("load", beginIdly);
}

// Material changes pages without loading them: where the host has a new site, that would mix both.
const pages = /** @type {any} */ (window).document$;
pages?.subscribe(() => {
  if (mark()?.content !== version) location.reload();
});
