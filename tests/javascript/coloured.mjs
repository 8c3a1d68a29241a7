// Colours the codes of a JSON array on standard input, as an editor of a page does.

import { text } from "node:stream/consumers";
import { coloured } from "../../docs/assets/run/highlight.js";

const codes = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(codes.map((code) => [...coloured(code)])));
