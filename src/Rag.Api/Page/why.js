// Why an answer is as it is: the passages that it could be written from, their ranks and scores, and where the time went.

import { make, button } from "./dom.js";
import { openSource, placeOf } from "./source.js";

const timings = [["retrieveMs", "finding passages"], ["rerankMs", "ranking them again"], ["firstTokenMs", "to the first word"], ["generateMs", "writing"], ["verifyMs", "checking"]];

export function why(answer, confidence) {
  return make("details", { className: "why" }, make("summary", {}, "Why this answer"),
    confidence === null || answer.abstained ? null : make("p", {}, `The first cited sentence answers the question with a probability of ${Math.round(confidence * 100)} %, as calibrated on measured answers.`),
    answer.sources.length > 0 ? passages(answer) : make("p", {}, "No passage matched the question."),
    times(answer));
}

function passages(answer) {
  const isScored = answer.sources.some(s => s.score !== 0);
  const cited = new Set(answer.citations.map(c => c.chunkId));
  const head = ["Rank", ...(isScored ? ["Score"] : []), "Passage"].map(name => make("th", { scope: "col" }, name));
  const rows = answer.sources.map(source => make("tr", {},
    make("td", {}, String(source.number)),
    isScored ? make("td", {}, source.score.toPrecision(3)) : null,
    make("td", {},
      button(source.documentId + placeOf(source), event => openSource({ documentId: source.documentId, page: source.page, place: source.place, start: source.start, end: source.end, others: [], opener: event.currentTarget }), { className: "link" }),
      cited.has(source.chunkId) ? make("span", { className: "cited" }, "cited") : null,
      make("p", { className: "excerpt" }, source.text.replace(/\s*\n\s*/g, " · ")))));
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Passages" },
    make("table", {}, make("caption", {}, "Passages it could be written from, best first"), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}

function times(answer) {
  const parts = timings.filter(([name]) => answer.timings?.[name] > 0).map(([name, label]) => `${label} ${format(answer.timings[name])}`);
  const { promptTokens, completionTokens } = answer.usage;
  if (promptTokens + completionTokens > 0) parts.push(`${promptTokens} tokens read, ${completionTokens} written`);
  return parts.length > 0 ? make("p", { className: "faint" }, `Time: ${parts.join(" · ")}`) : null;
}

export const format = ms => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`);
