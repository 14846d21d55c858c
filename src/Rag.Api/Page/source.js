// The panel beside the answer: a document at the words that were cited.

import { $, make, say } from "./dom.js";
import { getJson, path, request } from "./api.js";
import { showText } from "./text.js";
import { showPage } from "./pageview.js";

let opener = null;
let shown = null; // the document, and what is to be lit up in it

/** Opens a document. `start` to `end` is lit up, `others` (each { start, end, boxes }) fainter; `opener` is where the focus returns to. */
export async function openSource(wanted) {
  opener = wanted.opener;
  $("source-title").textContent = wanted.documentId;
  $("source-place").textContent = "Opening …";
  $("source-body").replaceChildren();
  for (const id of ["view-text", "view-page", "original", "previous-words", "next-words"]) $(id).hidden = true;
  $("source").hidden = false;
  document.body.classList.add("with-source");
  $("source-title").focus();
  try {
    const text = await getJson(path("documents/text", wanted.documentId));
    shown = { ...wanted, document: text, spans: spansOf(wanted) };
    $("source-title").textContent = text.title || text.id;
    $("view-text").hidden = $("view-page").hidden = text.pages === null;
    view(text.pages !== null && wanted.page !== null && shown.spans.some(s => s.boxes?.length > 0));
    await offerOriginal(text);
  } catch (problem) {
    $("source-place").textContent = problem.message;
  }
}

export function watchSource() {
  $("source-close").addEventListener("click", close);
  $("source").addEventListener("keydown", event => event.key === "Escape" && close());
  $("view-text").addEventListener("click", () => view(false));
  $("view-page").addEventListener("click", () => view(true));
  $("previous-words").addEventListener("click", () => step(-1));
  $("next-words").addEventListener("click", () => step(1));
  $("original").addEventListener("click", openOriginal);
}

function close() {
  $("source").hidden = true;
  document.body.classList.remove("with-source");
  $("source-body").replaceChildren();
  shown = null;
  (opener?.isConnected ? opener : $("question")).focus();
}

function view(asPage) {
  $("view-text").setAttribute("aria-pressed", !asPage);
  $("view-page").setAttribute("aria-pressed", asPage);
  $("source-place").textContent = [shown.page ? `Page ${shown.page} of ${shown.document.pages.length}` : "", shown.document.id === shown.document.title ? "" : shown.document.id].filter(Boolean).join(" · ");
  const draw = asPage ? showPage : showText;
  Promise.resolve(draw($("source-body"), shown)).then(() => {
    $("previous-words").hidden = $("next-words").hidden = new Set(marks().map(m => m.dataset.span)).size < 2;
    scrollTo($("source-body").querySelector(".exact"));
  }, problem => { $("source-place").textContent = problem.message; });
}

/** To the words before or behind those that are lit up. */
function step(by) {
  const all = marks();
  const spans = [...new Set(all.map(m => m.dataset.span))];
  const at = spans.indexOf(all.find(m => m.classList.contains("exact"))?.dataset.span);
  const next = spans[(at + by + spans.length) % spans.length];
  all.forEach(m => m.setAttribute("class", m.dataset.span === next ? "exact" : "other"));
  const words = all.find(m => m.dataset.span === next);
  words.setAttribute("tabindex", "-1");
  words.focus({ preventScroll: true });
  scrollTo(words);
}

/** What is lit up: a citation may be several marks, one in each block or line. */
const marks = () => [...$("source-body").querySelectorAll("[data-span]")];

/** The spans to light up, the wanted one last, so that it counts where they meet. */
function spansOf({ start, end, others }) {
  const isWanted = span => span.start === start && span.end === end;
  return [...others.filter(o => !isWanted(o)).map(o => ({ ...o, className: "other" })), { start, end, boxes: others.find(isWanted)?.boxes, className: "exact" }];
}

const scrollTo = element => element?.scrollIntoView({ block: "center" });

// A byte of it tells whether the server keeps the file.
async function offerOriginal(text) {
  const found = await request(path("documents/file", text.id), { headers: { Range: "bytes=0-0" } }).catch(() => null);
  await found?.body?.cancel();
  $("original").hidden = found === null || shown?.document !== text;
}

// The key goes with a request and not with an address, so the file is fetched. Only a PDF is opened: anything else could run as a page of this server.
async function openOriginal() {
  const { document: text, page } = shown;
  const isPdf = text.mediaType === "application/pdf";
  try {
    const bytes = await (await request(path("documents/file", text.id))).blob();
    const url = URL.createObjectURL(new Blob([bytes], { type: isPdf ? "application/pdf" : "application/octet-stream" }));
    const link = make("a", isPdf ? { href: `${url}#page=${page ?? 1}`, target: "_blank", rel: "noopener" } : { href: url, download: text.id.split("/").at(-1) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (problem) {
    say(problem.message);
  }
}
