// A page beside the answer, with boxes around the words that are cited: as its file draws it where the server keeps that, else as its words stand on it.

import { make, button } from "./dom.js";
import { getJson, path } from "./api.js";
import { closeFile, drawPage } from "./pdffile.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 36; // points beyond the words, until the size of the page is known
const FINEST = 2; // dots a pixel at least, so that a page stays sharp when it is pinched

let showing = new AbortController(); // what is being shown; ended by what comes behind it

/** Shows a page: its words at once, and its picture over them as soon as that is drawn. */
export async function showPage(place, shown) {
  showing.abort();
  const { signal } = showing = new AbortController();
  const { document } = shown;
  const page = shown.page ?? 1;
  const { words } = await getJson(`${path("documents/words", document.id)}?page=${page}`);
  if (signal.aborted) return;

  const drawing = wordsOf(page, words, shown);
  const sheet = make("div", { className: "sheet", role: "group", "aria-label": `Page ${page} of ${document.title || document.id}` }, drawing);
  const note = make("p", { className: "faint", role: "status" });
  place.className = "source-body as-page";
  place.replaceChildren(sheet, pages(page, document.pages.length, by => showPage(place, { ...shown, page: page + by })), note);
  paint(place, sheet, document.id, page, shown.isKept, signal).catch(problem => {
    if (signal.aborted) return;
    sheet.hidden = words.length === 0;
    note.textContent = `${problem.message} ${words.length === 0 ? "No words are known to stand on this page." : "These are the words as they stand on it, without pictures and lines."}`;
  });
}

/** Ends what is being shown, and lets go of its file. */
export function leavePage() {
  showing.abort();
  closeFile();
}

/** Draws the page below its words, which stay to be read out, selected and found; again where it has become larger. */
async function paint(place, sheet, id, page, isKept, signal) {
  if (!await isKept) throw new Error("The page cannot be drawn, since its file is not kept here.");
  const dots = () => sheet.clientWidth * Math.max(FINEST, devicePixelRatio);
  const [canvas, width] = [make("canvas", { "aria-hidden": "true" }), dots()];
  let size;
  try {
    size = await drawPage(canvas, id, page, width, signal);
  } catch (error) {
    throw new Error(`The page cannot be drawn: ${error.message}`);
  }

  const before = topOf(sheet);
  sheet.querySelector("canvas")?.remove();
  sheet.prepend(canvas);
  sheet.classList.add("drawn");
  sheet.querySelector("svg").setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  place.scrollTop += topOf(sheet) - before; // what is lit up stays where it is
  const growth = new ResizeObserver(() => {
    if (dots() < width * 1.1) return;
    growth.disconnect();
    paint(place, sheet, id, page, isKept, signal).catch(() => { /* the smaller picture stays */ });
  });
  growth.observe(sheet);
  signal.addEventListener("abort", () => growth.disconnect());
}

const topOf = sheet => (sheet.querySelector(".exact") ?? sheet).getBoundingClientRect().top;

/** Buttons that turn the page. */
function pages(page, count, turn) {
  const before = button("Previous page", () => turn(-1), { className: "quiet", disabled: page <= 1 });
  const behind = button("Next page", () => turn(1), { className: "quiet", disabled: page >= count });
  return make("p", { className: "pages" }, before, make("span", { role: "status" }, `Page ${page} of ${count}`), behind);
}

/** The words of a page where they stand, above boxes. */
function wordsOf(page, words, { document, spans }) {
  const [width, height] = [Math.max(560, ...words.map(w => w[4])) + MARGIN, Math.max(756, ...words.map(w => w[5])) + MARGIN];
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none" });
  for (const span of spans) boxes(drawing, span, page);
  for (const line of linesOf(words)) drawing.append(drawn(line, document.text));
  return drawing;
}

/** Words in lines: the one behind overlaps the one before by half of its height, and stands to its right. */
function linesOf(words) {
  const lines = [];
  for (const word of words) {
    const before = lines.at(-1)?.at(-1);
    const isSame = before && word[2] > before[2] && Math.min(before[5], word[5]) - Math.max(before[3], word[3]) >= (word[5] - word[3]) / 2;
    if (isSame) lines.at(-1).push(word);
    else lines.push([word]);
  }

  return lines;
}

/** A line of words, all in the size that most of them have: fonts differ in what they call the height of a word. */
function drawn(words, text) {
  const [top, bottom] = [median(words.map(w => w[3])), median(words.map(w => w[5]))];
  const line = svg("text", { y: bottom - (bottom - top) * 0.22, "font-size": (bottom - top) * 0.92 });
  words.forEach(([from, to, x0, , x1], i) => {
    const word = svg("tspan", { x: x0, textLength: Math.max(0.5, x1 - x0), lengthAdjust: "spacingAndGlyphs" });
    const isDivided = i === words.length - 1 && /\p{L}{2}/u.test(text.slice(to - 1, to + 1)); // the reader has mended it, without the hyphen
    word.textContent = text.slice(from, to) + (isDivided ? "-" : "");
    line.append(word, " ");
  });
  return line;
}

const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** One group for the boxes of a citation, one box for each line. */
function boxes(drawing, { boxes: lines, className }, page) {
  const group = svg("g", { class: className });
  for (const [on, x0, y0, x1, y1] of lines ?? []) {
    if (on === page) group.append(svg("rect", { x: x0 - 1.5, y: y0 - 1, width: x1 - x0 + 3, height: y1 - y0 + 2, rx: 1.5 }));
  }

  if (group.childElementCount > 0) drawing.append(group);
}

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
