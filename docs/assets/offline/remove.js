/**
 * A service worker that removes itself, and all that an earlier one has kept.
 *
 * It is served where the site is not to be kept: by `mkdocs serve`, whose pages change, and by a
 * build that has no Python.  A browser that once saw another build at this address finds it when it
 * looks for a newer version.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  await caches.delete(`mygrad ${worker.registration.scope}`);
  await worker.registration.unregister();
  const pages = /** @type {WindowClient[]} */ (await worker.clients.matchAll({ type: "window" }));
  for (const page of pages) page.navigate(page.url); // not awaited: it waits for this to end
}
