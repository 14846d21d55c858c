// Compares the copy of pdf.js in the page with the package of npm, whose bytes package-lock.json names by their hash: every file has to be the one at the same place in the package.
//   npm ci && node pdfjs.mjs             ends with 1 where a file differs
//   npm ci && node pdfjs.mjs --update    copies the files again, after the version in package.json was changed

import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, finish } from "./checks.mjs";

const copy = fileURLToPath(new URL("../../src/Rag.Api/Page/pdfjs/", import.meta.url));
const source = fileURLToPath(new URL("node_modules/pdfjs-dist/", import.meta.url));
const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => relative(copy, join(f.parentPath, f.name)));

for (const file of files) {
  if (process.argv.includes("--update")) copyFileSync(join(source, file), join(copy, file));
  expect(file, readFileSync(join(copy, file)).equals(readFileSync(join(source, file))), `it is not that of pdfjs-dist ${version}`);
}

finish(`pdf.js ${version}`);
