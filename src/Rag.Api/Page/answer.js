// An answer: its sentences, marks that open the words behind them, and what no document supports.

import { make, button } from "./dom.js";
import { openSource, placeOf } from "./source.js";
import { why } from "./why.js";

/** Puts an answer into a place: text, sources, and why. */
export function showAnswer(place, answer, confidence = null) {
  place.replaceChildren(textOf(answer));
  if (answer.abstained) {
    place.prepend(make("p", { className: "flag" }, "No answer in the documents"));
    if (answer.reason && answer.reason !== answer.text) place.append(make("p", { className: "faint" }, answer.reason));
  }

  if (answer.citations.length > 0) place.append(sourcesOf(answer));
  if (answer.sources) place.append(why(answer, confidence));
}

/** The text of an answer with its sentences and marks. */
function textOf(answer) {
  const paragraph = make("p", { className: "answer-text" });
  const sentences = answer.sentences ?? [];
  let at = 0;
  for (const sentence of sentences) {
    paragraph.append(...pieces(answer, at, sentence.start));
    const words = pieces(answer, sentence.start, sentence.end);
    paragraph.append(sentence.supported || answer.abstained ? make("span", {}, ...words) : unsupported(words));
    at = sentence.end;
  }

  paragraph.append(...pieces(answer, at, answer.text.length));
  return paragraph;
}

const unsupported = words => make("span", { className: "unsupported" }, ...words, make("span", { className: "flag" }, "not found in the documents"));

/** Text from one place to another, with its marks as buttons. Several citations of one mark are one button. */
function pieces(answer, from, to) {
  const made = [];
  let at = from;
  const marks = new Map(answer.citations.filter(c => c.start >= from && c.end <= to).map(c => [c.start, c]).reverse());
  for (const citation of [...marks.values()].sort((a, b) => a.start - b.start)) {
    made.push(answer.text.slice(at, citation.start), markOf(answer, citation));
    at = citation.end;
  }

  made.push(answer.text.slice(at, to));
  return made.filter(piece => piece !== "");
}

function markOf(answer, citation) {
  return button(String(citation.number), event => openCitation(answer, citation, event.currentTarget), {
    className: "mark",
    title: `${nameOf(citation)}: “${shorten(citation.quote, 200)}”`,
    "aria-label": `Source ${citation.number}, ${nameOf(citation)}`,
  });
}

/** One line for each number: the first of its citations. */
function sourcesOf(answer) {
  const first = new Map(answer.citations.map(c => [c.number, c]).reverse());
  const items = [...first.values()].sort((a, b) => a.number - b.number).map(citation => {
    const link = button("", event => openCitation(answer, citation, event.currentTarget), { className: "source-link" });
    link.append(make("span", { className: "number" }, String(citation.number)), make("span", { className: "name" }, nameOf(citation)), make("q", {}, shorten(citation.quote, 160)));
    return make("li", {}, link);
  });
  return make("ul", { className: "sources", "aria-label": "Sources of the answer" }, ...items);
}

function openCitation(answer, citation, opener) {
  const others = answer.citations.filter(c => c.documentId === citation.documentId);
  openSource({ documentId: citation.documentId, page: citation.page, place: citation.place, start: citation.sourceStart, end: citation.sourceEnd, others: others.map(c => ({ start: c.sourceStart, end: c.sourceEnd, page: c.page, boxes: c.boxes })), opener });
}

const nameOf = citation => (citation.title || citation.documentId) + placeOf(citation);

export const shorten = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
