// Makes an embedding model of a language model: a copy that says its tokens' vectors become the text's by their mean. What it finds alike means little; how it is asked is that of any.
//   node embedder.mjs MODEL.gguf COPY.gguf

import { readFileSync, writeFileSync } from "node:fs";

const [source, copy] = process.argv.slice(2);
if (!copy) {
  console.error("Give a language model as GGUF, and where its copy goes.");
  process.exit(2);
}

const file = readFileSync(source);
const [tensors, entries] = [Number(file.readBigUInt64LE(8)), Number(file.readBigUInt64LE(16))];
const [STRING, ARRAY] = [8, 9];
const LENGTHS = [1, 1, 2, 2, 4, 4, 4, 1, null, null, 8, 8, 8];
let at = 24;
let [architecture, alignment] = ["llama", 32];
const number = () => Number(file.readBigUInt64LE((at += 8) - 8));
const kind = () => file.readUInt32LE((at += 4) - 4);
const text = () => { const length = number(); return file.toString("utf8", at, at += length); };

function value(type) {
  if (type === STRING) return text();
  if (type === ARRAY) {
    const [of, count] = [kind(), number()];
    for (let i = 0; i < count; i++) value(of);
    return null;
  }
  at += LENGTHS[type];
  return type === 4 ? file.readUInt32LE(at - 4) : null;
}

for (let i = 0; i < entries; i++) {
  const name = text();
  const said = value(kind());
  if (name === "general.architecture") architecture = said;
  if (name === "general.alignment") alignment = said;
}

const behindEntries = at;
for (let i = 0; i < tensors; i++) {
  text();
  const lengths = kind();
  at += 8 * lengths + 4 + 8; // lengths, type, place
}

const aligned = length => Buffer.alloc((alignment - (length % alignment)) % alignment);
const name = Buffer.from(`${architecture}.pooling_type`);
const pooling = Buffer.concat([Buffer.alloc(8), name, Buffer.from([4, 0, 0, 0, 1, 0, 0, 0])]); // an unsigned number: 1, the mean
pooling.writeBigUInt64LE(BigInt(name.length));
const head = Buffer.concat([file.subarray(0, behindEntries), pooling, file.subarray(behindEntries, at)]);
head.writeBigUInt64LE(BigInt(entries + 1), 16);
writeFileSync(copy, Buffer.concat([head, aligned(head.length), file.subarray(at + aligned(at).length)]));
