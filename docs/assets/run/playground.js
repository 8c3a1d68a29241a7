/**
 * The playground: the code of its first block stands in the address, so that it can be shared, and
 * each example can be put there.  Whatever comes from an address or an example waits for a click.
 *
 * @typedef {import("./block.js").Block} Block
 */

const SIGN = "#code=";

export class Playground {
  /**
   * @param {Block[]} blocks the first one is the playground, the others are examples
   * @param {(text: string) => void} announce
   */
  constructor([block, ...examples], announce) {
    this.block = block;
    this.announce = announce;
    this.shown = block.code; // the code that the address has, or need not have
    block.toolbar.add("link", "Copy link", "Copy the address of this code", () => this.copyLink());
    for (const example of examples) {
      example.toolbar.add("open", "To the playground", "Put this code into the playground", () =>
        this.open(example.code),
      );
    }
    addEventListener("hashchange", () => {
      if (block.element.isConnected) this.read();
    });
    this.read();
  }

  /** Take over the code that the address has. */
  async read() {
    if (!location.hash.startsWith(SIGN)) return;
    try {
      this.show(await unpacked(location.hash.slice(SIGN.length)));
      this.say("from the address: read it, then run it");
    } catch {
      this.say("the address holds no code that can be read");
    }
  }

  /** @param {string} code */
  async open(code) {
    this.show(code);
    await this.write();
    this.block.element.scrollIntoView({ block: "start" });
    this.block.editor.area.focus();
    this.say("from the example: run it, or change it");
  }

  /** @param {string} code */
  show(code) {
    this.shown = code;
    this.block.take(code);
  }

  /** The reader has changed something. */
  changed() {
    if (this.block.code !== this.shown) this.write();
  }

  /** Bring the address up to the code. */
  async write() {
    const code = this.block.code;
    this.shown = code;
    const hash = this.block.edited ? SIGN + (await packed(code)) : "";
    if (this.block.code !== code) return; // changed again meanwhile
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  }

  async copyLink() {
    await this.write();
    await navigator.clipboard.writeText(location.href);
    this.say("address copied");
  }

  /** @param {string} text */
  say(text) {
    this.block.notice = text;
    this.block.toolbar.say(text);
    this.announce(text);
  }
}

/** Code as a part of an address. @param {string} code */
async function packed(code) {
  const bytes = new Blob([code]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const text = String.fromCharCode(...new Uint8Array(await new Response(bytes).arrayBuffer()));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The same backwards; rejects what is no such part. @param {string} part */
async function unpacked(part) {
  const text = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
