// The panel beside the answer: a document at the words that were cited.

import { $, make, say } from "./dom.js";
import { getJson, path, request } from "./api.js";
import { showText } from "./text.js";
import { leavePage, showPage } from "./pageview.js";

let wanted = null; // what is to be shown, as it was asked for
let shown = null; // the same with its document and spans; null while that is fetched

/** Opens a document. `start` to `end` is lit up, `others` (each { start, end, page, boxes }) fainter; `opener` is where the focus returns to. */
export async function openSource(asked) {
  [wanted, shown] = [asked, null];
  $("source-title").textContent = asked.documentId;
  $("source-place").textContent = "Opening …";
  $("source-body").replaceChildren();
  for (const id of ["view-text", "view-page", "original", "previous-words", "next-words"]) $(id).hidden = true;
  $("source").hidden = false;
  document.body.classList.add("with-source");
  $("source-title").focus();
  try {
    const text = await getJson(path("documents/text", asked.documentId));
    if (wanted !== asked) return; // closed, or another one has been opened since
    const isKept = keeps(text);
    shown = { ...asked, document: text, spans: spansOf(asked), isKept };
    $("source-title").textContent = text.title || text.id;
    const isPlaced = shown.spans.some(s => s.boxes?.length > 0);
    $("view-text").hidden = $("view-page").hidden = !isPlaced && text.mediaType !== "application/pdf"; // sheets and slides are pages whose words have no place
    $("previous-words").hidden = $("next-words").hidden = shown.spans.length < 2;
    await view(isPlaced);
    $("original").hidden = !await isKept || shown?.document !== text;
  } catch (problem) {
    tell(problem);
  }
}

/** Where a quote or a passage stands: the format's own name of the place, else the page. */
export const placeOf = ({ place, page }) => (place ? `, ${place}` : page ? `, page ${page}` : "");

export function watchSource() {
  $("source-close").addEventListener("click", close);
  $("source").addEventListener("keydown", event => event.key === "Escape" && close());
  $("view-text").addEventListener("click", () => view(false).catch(tell));
  $("view-page").addEventListener("click", () => view(true).catch(tell));
  $("previous-words").addEventListener("click", () => step(-1).catch(tell));
  $("next-words").addEventListener("click", () => step(1).catch(tell));
  $("original").addEventListener("click", openOriginal);
}

function close() {
  const { opener } = wanted;
  leavePage();
  $("source").hidden = true;
  document.body.classList.remove("with-source");
  $("source-body").replaceChildren();
  wanted = shown = null;
  (opener.isConnected ? opener : $("question")).focus();
}

const tell = problem => { $("source-place").textContent = problem.message; };

async function view(asPage) {
  $("view-text").setAttribute("aria-pressed", !asPage);
  $("view-page").setAttribute("aria-pressed", asPage);
  $("source-place").textContent = [shown.place ?? (shown.page ? `Page ${shown.page} of ${shown.document.pages.length}` : ""), shown.document.id === shown.document.title ? "" : shown.document.id].filter(Boolean).join(" · ");
  if (!asPage) leavePage();
  await (asPage ? showPage : showText)($("source-body"), shown);
  scrollTo($("source-body").querySelector(".exact"));
}

/** To the words before or behind those that are lit up, on whatever page they stand. */
async function step(by) {
  const { spans } = shown;
  const next = spans[(spans.findIndex(s => s.className === "exact") + by + spans.length) % spans.length];
  shown = { ...shown, start: next.start, end: next.end, page: next.page, spans: spans.map(s => ({ ...s, className: s === next ? "exact" : "other" })) };
  await view($("view-page").getAttribute("aria-pressed") === "true" && !$("view-page").hidden);
  const words = $("source-body").querySelector(".exact");
  words?.setAttribute("tabindex", "-1");
  words?.focus({ preventScroll: true });
}

/** The spans to light up, in the order of the text. */
function spansOf({ start, end, page, others }) {
  const exact = { boxes: others.find(o => o.start === start && o.end === end)?.boxes, start, end, page, className: "exact" };
  const rest = others.filter(o => o.start !== start || o.end !== end).map(o => ({ ...o, className: "other" }));
  return [...rest, exact].filter(s => s.end > s.start).sort((a, b) => a.start - b.start);
}

const scrollTo = element => element?.scrollIntoView({ block: "center" });

// A byte of it tells whether the server keeps the file.
async function keeps(text) {
  const found = await request(path("documents/file", text.id), { headers: { Range: "bytes=0-0" } }).catch(() => null);
  await found?.body?.cancel();
  return found !== null;
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
