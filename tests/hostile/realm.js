/**
 * What a stranger tries who has got at JavaScript in the worker of a page's Python.
 *
 * This stands below worker.js, in the same module, so it has all that the worker has.  It does not
 * have what only a new text of a program could bring: `import()`.  Each attack returns what it has
 * won, and fails or returns undefined where that is nothing.
 */

const here = new URL("./", import.meta.url).href;
const report = self.postMessage.bind(self);
const listen = self.addEventListener.bind(self);
const later = self.setTimeout.bind(self);

/** @type {Record<string, (elsewhere: string) => any>} */
const ATTACKS = {
  "fetch": async (elsewhere) => (await fetch(elsewhere)).status,
  "fetch of the worker's class": (elsewhere) => WorkerGlobalScope.prototype.fetch.call(self, elsewhere),
  "fetch by a prototype": async (elsewhere) => {
    for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) {
      if (owner.fetch) return (await owner.fetch.call(self, elsewhere)).status;
    }
  },
  "request": (elsewhere) => {
    const request = new XMLHttpRequest();
    request.open("GET", elsewhere, false);
    request.send();
    return request.status;
  },
  "request of a liar": (elsewhere) => {
    const library = here + "pyodide/library.zip";
    const request = new XMLHttpRequest();
    let asked = 0;
    request.open("GET", { toString: () => (asked++ ? elsewhere : library) }, false);
    request.send();
    return request.status;
  },
  "request with a body": () => {
    const request = new XMLHttpRequest();
    request.open("POST", here + "pyodide/library.zip", false);
    request.setRequestHeader("X-Secret", "told");
    request.send("told");
    return request.method;
  },
  "request's inside": () => {
    const request = new XMLHttpRequest();
    const keys = Reflect.ownKeys(request);
    return keys.length || request.responseURL || request.upload || request.addEventListener;
  },
  "request caught by a getter": () => {
    let caught;
    for (const name of ["status", "response", "onload", "then", "get", "value"]) {
      Object.defineProperty(Object.prototype, name, {
        configurable: true,
        get() {
          if (/XMLHttpRequest/.test(this?.toString?.() ?? "")) caught = this;
        },
      });
    }
    const request = new XMLHttpRequest();
    request.open("HEAD", here + "pyodide/library.zip", false);
    request.send();
    void request.status;
    for (const name of ["status", "response", "onload", "then", "get", "value"]) {
      delete Object.prototype[name];
    }
    return caught;
  },
  "Pyodide's request of a file": async (elsewhere) => {
    python.FS.createLazyFile("/", "elsewhere", elsewhere, true, false);
    return python.FS.readFile("/elsewhere").length || undefined;
  },
  "Pyodide's packages": async (elsewhere) => {
    await python.loadPackage(elsewhere + "x.whl");
  },
  "Pyodide's sockets": () => new python._module.SOCKFS.websocketArgs.constructor("return fetch")(),
  "socket": (elsewhere) => new WebSocket(elsewhere.replace("http", "ws")),
  "stream of a socket": (elsewhere) => new WebSocketStream(elsewhere.replace("http", "ws")),
  "transport": (elsewhere) => new WebTransport(elsewhere.replace("http", "https")),
  "events": (elsewhere) => new EventSource(elsewhere),
  "beacon": (elsewhere) => navigator.sendBeacon(elsewhere, "told"),
  "font": async (elsewhere) => (await new FontFace("x", `url(${elsewhere})`).load()).status,
  "fonts": (elsewhere) => fonts.load("1px x"),
  "scripts": (elsewhere) => importScripts(elsewhere),
  "worker": (elsewhere) => new Worker(elsewhere),
  "worker of a text": () => new Worker(URL.createObjectURL(new Blob(["1"]))),
  "shared worker": () => new SharedWorker(here + "worker.js"),
  "service worker": () => navigator.serviceWorker.register(here + "worker.js"),
  "push": () => new Notification("told"),
  "database": () => indexedDB.open("told"),
  "cache": () => caches.open("told"),
  "files": () => navigator.storage.getDirectory(),
  "old files": () => webkitRequestFileSystemSync(0, 1),
  "cookies": () => cookieStore.set("told", "1"),
  "locks": () => navigator.locks.request("told", () => 1),
  "channel to other pages": () => new BroadcastChannel("told"),
  "channel": () => new MessageChannel(),
  "message to the page": () => postMessage.constructor === Function && self.postMessage,
  "end": () => self.close(),
  "timer of a text": () => self.setTimeout("report('owned')"),
  "eval": () => (0, eval)("1"),
  "function of a text": () => Function("return 1")(),
  "new function of a text": () => new Function("return 1")(),
  "function by any function": () => report.constructor("return 1")(),
  "function by an arrow": () => (() => 1).constructor("return 1")(),
  "function by a class": () => class {}.constructor("return 1")(),
  "function by reflection": () => Reflect.construct(Object.getPrototypeOf(report).constructor, ["1"]),
  "async function": () => (async () => 1).constructor("return 1")(),
  "generator": () => function* () {}.constructor("yield 1")().next(),
  "async generator": () => async function* () {}.constructor("yield 1")().next(),
  "kind of generator": () => Object.getPrototypeOf(function* () {}.constructor)("return 1")(),
  "function by a bound one": () => report.bind().constructor("return 1")(),
  "function by a proxy": () => new Proxy(report, {}).constructor("return 1")(),
  "function that is put back": () => {
    delete Function.prototype.constructor;
    return (() => 1).constructor("return 1")();
  },
  "realm": () => new ShadowRealm(),
  "canvas": () => new OffscreenCanvas(1, 1),
  "what can be reached": () => {
    const taken =
      /^(fetch|postMessage|importScripts|eval|setTimeout|setInterval|addEventListener|close|(Shared)?Worker|WebSocket.*|EventSource|Request|Response|Broadcast.*|Message.*|IDB.*|Cache.*|Storage.*|Lock.*|File.*|Navigator.*|WorkerNavigator|WorkerGlobalScope|Notification|FontFace.*|URL|Blob|Service.*|Push.*|open|send)$/;
    const seen = new Set([globalThis]);
    const found = new Set();
    for (const object of seen) {
      const native = typeof object === "function" && /\[native code\]/.test(toText.call(object));
      if (native && taken.test(object.name)) found.add(object.name);
      const parts = [Object.getPrototypeOf(object)];
      for (const key of Reflect.ownKeys(object)) {
        const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
        parts.push(value, get, set);
      }
      for (const part of parts) if (Object(part) === part) seen.add(part);
    }
    return [...found].join(" ") || undefined;
  },
};
const toText = Function.prototype.toString;

listen("message", async ({ data }) => {
  if (data.type !== "attack") return;
  await start();
  const won = {};
  for (const [name, attack] of Object.entries(ATTACKS)) {
    try {
      const gain = await Promise.race([attack(data.elsewhere), new Promise((r) => later(r, 300))]);
      if (gain !== undefined) won[name] = String(gain).slice(0, 200);
    } catch {
      // Nothing won.
    }
  }
  report({ type: "attacked", won });
});
