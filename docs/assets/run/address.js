/**
 * Code as a part of an address, and back.
 *
 * The part is the code in UTF-8, deflated, in base64 for addresses, and behind a dot a checksum,
 * since a letter that was changed on the way would otherwise give other code.  Without the dot it
 * is taken unchecked.  Whatever can't be read, or is too long, is refused with the reason.
 */

const SIGN = "code=";

// The longest program of the book has 4 kB.  The editor shows this much in half a second.
export const MOST_BYTES = 20_000;
export const MOST_LINES = 1_000;
const MOST_LETTERS = 2 * MOST_BYTES; // of the part; code that can't be deflated takes 4 for 3 bytes
const MOST_HASH = 3 * MOST_LETTERS; // with every letter as %2D
const SLICE = 512; // bytes to be unpacked at once: deflate makes up to 1,032 times as many

/** Why an address gives no code: the message is for the reader. */
export class AddressError extends Error {}

const DAMAGED = "The code in this address is damaged: a part was cut off or changed on its way.";
const TOO_LONG =
  `The code in this address is too long: a link carries up to ${MOST_BYTES / 1000} kB ` +
  `and ${MOST_LINES.toLocaleString("en")} lines.`;
const EMPTY = "This address says that it brings code, but it is empty.";
const TWICE = "This address holds code twice, so nobody can say which is meant.";

/**
 * The hash of an address that brings this code.
 *
 * @param {string} code
 * @returns {Promise<string>}
 * @throws {AddressError} where no link can carry it
 */
export async function hashOf(code) {
  const bytes = new TextEncoder().encode(code);
  if (new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) !== code) {
    throw new AddressError("The code holds half of a character, which no link can carry.");
  }
  if (isBlank(code)) throw new AddressError("There is no code that a link could carry.");
  if (!fits(code, bytes.length)) {
    throw new AddressError(
      `The code is too long for a link: it has ${bytes.length.toLocaleString("en")} bytes in ` +
        `${lineCount(code).toLocaleString("en")} lines, and a link carries up to ` +
        `${MOST_BYTES.toLocaleString("en")} in ${MOST_LINES.toLocaleString("en")}. Send it as a file.`,
    );
  }
  const deflated = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const letters = String.fromCharCode(
    ...new Uint8Array(await new Response(deflated).arrayBuffer()),
  );
  const part = btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `#${SIGN}${part}.${checksum(bytes)}`;
}

/** Whether an address says that it brings code. @param {string} hash */
export function bringsCode(hash) {
  if (hash.length > MOST_HASH) return /^#(code=|%)/.test(hash);
  return plain(hash).startsWith(SIGN);
}

/**
 * The code that an address brings.
 *
 * @param {string} hash for which `bringsCode` is true
 * @returns {Promise<string>}
 * @throws {AddressError} where there is none that can be read and shown
 */
export async function codeOf(hash) {
  if (hash.length > MOST_HASH) throw new AddressError(TOO_LONG);
  const [part, ...others] = plain(hash).slice(SIGN.length).split(/[#&]/);
  if (others.some((other) => other.startsWith(SIGN))) throw new AddressError(TWICE);
  // Programs that make links of addresses take the full stop or bracket behind one along.
  const found = /^([\w-]*)=*(?:\.([0-9a-f]{8}))?[^\w-]*$/.exec(part);
  if (!found) throw new AddressError(DAMAGED);
  const [, letters, sum] = found;
  if (!letters) throw new AddressError(EMPTY);
  if (letters.length > MOST_LETTERS) throw new AddressError(TOO_LONG);
  const bytes = await inflated(bytesOf(letters));
  if (sum && sum !== checksum(bytes)) throw new AddressError(DAMAGED);
  const code = textOf(bytes);
  if (!fits(code, bytes.length)) throw new AddressError(TOO_LONG);
  if (isBlank(code)) throw new AddressError(EMPTY);
  return code;
}

/**
 * The hash without its sign, and without what messengers and mail do to an address: letters
 * written as %2D, once or twice, line ends, and invisible characters.
 *
 * @param {string} hash
 */
function plain(hash) {
  let text = hash.slice(1);
  try {
    for (let i = 0; i < 2 && text.includes("%"); i++) text = decodeURIComponent(text);
  } catch {
    // it has a % of its own, and so is no code: what follows says so
  }
  return text
    .replace(/[\s\p{Cf}]/gu, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** @param {string} letters in base64 */
function bytesOf(letters) {
  try {
    const text = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    throw new AddressError(DAMAGED);
  }
}

/** Unpack, and stop as soon as it is too much. @param {Uint8Array} bytes */
async function inflated(bytes) {
  let at = 0;
  const slices = new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += SLICE)));
      else controller.close();
    },
  });
  const reader = slices.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const result = new Uint8Array(MOST_BYTES);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new AddressError(DAMAGED);
    });
    if (done) return result.slice(0, length);
    if (length + value.length > MOST_BYTES) {
      reader.cancel().catch(() => {}); // it may fail over what comes behind
      throw new AddressError(TOO_LONG);
    }
    result.set(value, length);
    length += value.length;
  }
}

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  try {
    // Without the byte order mark, and with the line ends that a text area would make of them.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    throw new AddressError(DAMAGED);
  }
}

/** @param {string} code @param {number} bytes */
function fits(code, bytes) {
  return bytes <= MOST_BYTES && lineCount(code) <= MOST_LINES;
}

/** @param {string} code */
export function lineCount(code) {
  return code.split("\n").length;
}

/** FNV-1a of 32 bits, in hexadecimal. @param {Uint8Array} bytes */
function checksum(bytes) {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

// What is drawn as nothing: spaces, format characters, and letters without a shape.
const INVISIBLE = /[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether nothing can be seen of a text. @param {string} text */
function isBlank(text) {
  return !text.replace(INVISIBLE, "");
}

const GAP = 10; // empty lines in a row: nobody writes that many

/**
 * The lines of a code that can be seen, by their numbers, where many empty ones push others out
 * of sight; nothing where there is no such gap.
 *
 * @param {string} code
 * @returns {{number: number, text: string}[]}
 */
export function scattered(code) {
  const lines = code.split("\n").map((text, i) => ({ number: i + 1, text }));
  const seen = lines.filter(({ text }) => !isBlank(text));
  let above = 0;
  for (const { number } of seen) {
    if (number - above > GAP) return seen;
    above = number;
  }
  return [];
}
