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

const toText = Function.prototype.toString;
const tagOf = Object.prototype.toString;
/** @type {(() => void)[]} */
const restore = [];
const TAKEN =
  /^(fetch|postMessage|importScripts|eval|setTimeout|setInterval|addEventListener|close|(Shared)?Worker|WebSocket.*|EventSource|Request|Response|Broadcast.*|Message.*|IDB.*|Cache.*|Storage.*|Lock.*|File.*|Navigator.*|WorkerNavigator|WorkerGlobalScope|Notification|FontFace.*|URL|Blob|Service.*|Push.*|open|send)$/;

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
  "what the worker's own loading lets slip": async () => {
    const slipped = new Set();
    const names = `then method body headers referrer mode credentials redirect integrity keepalive
      window duplex priority size came onload timeout upload`;
    const added = names.split(/\s+/).filter((name) => !(name in Object.prototype));
    for (const name of added) {
      Object.defineProperty(Object.prototype, name, {
        __proto__: null,
        configurable: true,
        get() {
          const kind = tagOf.call(this);
          if (/XMLHttp|Navigator|Worker|Storage|Location/.test(kind)) slipped.add(kind);
          return undefined;
        },
        set(value) {
          const plain = { __proto__: null, value, writable: true, configurable: true };
          Reflect.defineProperty(this, name, plain);
        },
      });
    }
    for (const name of ["call", "apply", "bind"]) {
      const original = Function.prototype[name];
      Function.prototype[name] = function (...all) {
        if (TAKEN.test(this.name)) slipped.add(this.name);
        return Reflect.apply(original, this, all);
      };
      restore.push(() => (Function.prototype[name] = original));
    }
    try {
      python.FS.readFile("/lib/python314.zip");
      await Promise.race([loadGraphviz(), new Promise((r) => later(r, 200))]);
    } finally {
      for (const name of added) delete Object.prototype[name];
      for (const each of restore) each();
    }
    return [...slipped].join(" ") || undefined;
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
    const seen = new Set([globalThis]);
    const found = new Set();
    for (const object of seen) {
      const native = typeof object === "function" && /\[native code\]/.test(toText.call(object));
      if (native && TAKEN.test(object.name)) found.add(object.name);
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
