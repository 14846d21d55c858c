// A page as its words stand on it, with boxes around those that are cited. Pictures and lines are not drawn: the server has the words only.

import { make, button } from "./dom.js";
import { getJson, path } from "./api.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 36;

export async function showPage(place, shown) {
  const { document, spans } = shown;
  const page = shown.page ?? 1;
  const turn = by => showPage(place, { ...shown, page: page + by });
  const { words } = await getJson(`${path("documents/words", document.id)}?page=${page}`);
  place.className = "source-body as-page";
  if (words.length === 0) {
    place.replaceChildren(make("p", { className: "faint" }, "No words are known to stand on this page."), pages(page, document.pages.length, turn));
    return;
  }

  const [width, height] = [Math.max(...words.map(w => w[4])) + MARGIN, Math.max(...words.map(w => w[5])) + MARGIN];
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Page ${page} of ${document.title || document.id}. Its words can be read under Text.` });
  drawing.append(svg("rect", { class: "sheet", width, height }));
  for (const span of spans) boxes(drawing, span, page);
  for (const line of linesOf(words)) drawing.append(...drawn(line, document.text));

  place.replaceChildren(drawing, pages(page, document.pages.length, turn), make("p", { className: "faint" }, "The words as they stand on the page. Pictures and lines are not drawn."));
}

/** Buttons that turn the page. */
function pages(page, count, turn) {
  const before = button("Previous page", () => turn(-1), { className: "quiet", disabled: page <= 1 });
  const behind = button("Next page", () => turn(1), { className: "quiet", disabled: page >= count });
  return make("p", { className: "pages" }, before, make("span", { role: "status" }, `Page ${page} of ${count}`), behind);
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

/** The words of a line, all in the size that most of them have: fonts differ in what they call the height of a word. */
function drawn(line, text) {
  const [top, bottom] = [median(line.map(w => w[3])), median(line.map(w => w[5]))];
  return line.map(([from, to, x0, , x1], i) => {
    const word = svg("text", { x: x0, y: bottom - (bottom - top) * 0.22, "font-size": (bottom - top) * 0.92, textLength: Math.max(0.5, x1 - x0), lengthAdjust: "spacingAndGlyphs" });
    const isDivided = i === line.length - 1 && /\p{L}{2}/u.test(text.slice(to - 1, to + 1)); // the reader has mended it, without the hyphen
    word.textContent = text.slice(from, to) + (isDivided ? "-" : "");
    return word;
  });
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
