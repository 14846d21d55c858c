// What was measured: a table for each collection, a row for each run.

import { $, make } from "./dom.js";
import { getJson } from "./api.js";

export function watchEvaluations() {
  $("open-evaluations").addEventListener("click", async () => {
    $("evaluations-body").replaceChildren(make("p", { className: "faint" }, "Looking …"));
    $("evaluations").showModal();
    try {
      show(await getJson("evaluations"));
    } catch (problem) {
      $("evaluations-body").replaceChildren(make("p", {}, problem.message));
    }
  });
  $("evaluations-close").addEventListener("click", () => $("evaluations").close());
}

function show({ runs, unreadable }) {
  const collections = [...new Set(runs.map(r => r.collection))];
  $("evaluations-body").replaceChildren(...[
    runs.length === 0 ? make("p", {}, "Nothing has been measured yet. rag eval retrieval, reading or grounding writes what it measures with --out.") : null,
    ...collections.map(collection => tableOf(collection, runs.filter(r => r.collection === collection))),
    runs.length === 0 ? null : make("p", { className: "faint" }, "Means over the questions; behind them, the interval that holds the mean with 95 % confidence."),
    unreadable.length === 0 ? null : make("p", { className: "problem" }, `Not runs of rag eval: ${unreadable.join(", ")}.`),
  ].filter(Boolean));
}

function tableOf(collection, runs) {
  const measures = [...new Set(runs.flatMap(r => r.measures.map(m => m.name)))];
  const head = ["Run", "Questions", ...measures].map(name => make("th", { scope: "col" }, name));
  const rows = runs.map(run => make("tr", {},
    make("th", { scope: "row", title: [run.file, run.version && `version ${run.version}`, ...Object.entries(run.settings).map(([name, value]) => `${name} ${value}`)].filter(Boolean).join("\n") }, run.name),
    make("td", {}, String(run.queries)),
    ...measures.map(name => cellOf(run.measures.find(m => m.name === name)))));
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": collection },
    make("table", {}, make("caption", {}, collection), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}

const cellOf = measure => (measure === undefined ? make("td", {}, "–") : make("td", {}, measure.mean.toFixed(3), make("span", { className: "interval faint" }, ` ${measure.low.toFixed(3)}–${measure.high.toFixed(3)}`)));
