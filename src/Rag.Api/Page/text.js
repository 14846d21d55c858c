// A document as text: headings, lists and tables as they stand, with words lit up.

import { make, button } from "./dom.js";

const WINDOW = 200; // blocks that are made at a time: a long book would take seconds

/** Shows the text around the words. */
export function showText(place, { document, start, end, page, spans }) {
  const { blocks, text } = document;
  const at = Math.max(0, blocks.findIndex(b => b.end > start));
  let [first, last] = [Math.max(0, at - WINDOW), Math.min(blocks.length, at + WINDOW)];

  const render = (from, to) => {
    const part = blocks.slice(from, to);
    const depths = outline(part);
    return part.flatMap((block, i) => [pageMark(document, blocks[from + i - 1], block), elementOf(block, depths.get(block), text, spans)]).filter(Boolean);
  };
  const earlier = button("Earlier text", () => {
    const from = Math.max(0, first - WINDOW);
    const [height, top] = [place.scrollHeight, place.scrollTop];
    earlier.after(...render(from, first));
    first = from;
    earlier.hidden = first === 0;
    place.scrollTop = top + place.scrollHeight - height;
  }, { className: "quiet" });
  const later = button("Later text", () => {
    const to = Math.min(blocks.length, last + WINDOW);
    later.before(...render(last, to));
    last = to;
    later.hidden = last === blocks.length;
  }, { className: "quiet" });
  earlier.hidden = first === 0;
  later.hidden = last === blocks.length;
  place.className = "source-body as-text";
  place.replaceChildren(earlier, ...render(first, last), later);
  place.scrollTop = 0;
  if (start === end && page) place.querySelector(`[data-page="${Number(page)}"]`)?.scrollIntoView();
}

/** A line where a page begins. */
function pageMark({ pages, pageNames }, before, block) {
  if (pages === null) return null;
  const page = pageAt(pages, block.start);
  return before && pageAt(pages, before.start) === page ? null : make("p", { className: "page-mark", "data-page": page }, pageNames?.[page - 1] || `Page ${page}`);
}

const pageAt = (pages, offset) => Math.max(1, pages.filter(start => start <= offset).length);

function elementOf({ kind, start, end, level }, depth, text, spans) {
  const content = lit(text, start, end, spans);
  switch (kind) {
    case "heading": return make(`h${Math.min(6, depth + 2)}`, {}, ...content);
    case "code": case "table": return make("pre", { tabIndex: 0 }, ...content);
    case "quote": return make("blockquote", {}, ...content);
    case "listItem": return make("p", { className: "item", "data-depth": Math.min(level, 6) }, ...content);
    default: return make("p", { className: kind }, ...content);
  }
}

/** How deep each heading lies under others, from 1, with no level left out. */
function outline(blocks) {
  const depths = new Map();
  const above = [];
  for (const block of blocks.filter(b => b.kind === "heading")) {
    while (above.length > 0 && above.at(-1) >= block.level) above.pop();
    depths.set(block, above.push(block.level));
  }

  return depths;
}

/** Text from one place to another in which the spans are marked; where they meet, the exact one counts. */
function lit(text, from, to, spans) {
  const touching = spans.filter(s => s.start < to && s.end > from);
  const cuts = [...new Set([from, to, ...touching.flatMap(s => [s.start, s.end])])].filter(c => c >= from && c <= to).sort((a, b) => a - b);
  return cuts.slice(1).map((cut, i) => {
    const all = touching.filter(s => s.start <= cuts[i] && s.end >= cut);
    const covering = all.find(s => s.className === "exact") ?? all[0];
    const words = text.slice(cuts[i], cut);
    return covering ? make("mark", { className: covering.className }, words) : words;
  });
}
