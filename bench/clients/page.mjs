// Drives the page in Chromium as a person would: drops a PDF, asks, opens a citation, rates, on a phone, in the dark; and has axe-core look at every state.
//   node page.mjs --address http://127.0.0.1:5000 --pdf FILE --question TEXT [--chromium /usr/bin/chromium] [--pictures FOLDER]
// The server must be one that takes uploads, and hold no conversation. Prints what it checked; ends with 1 where a check failed.

import { readFileSync, mkdirSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { drawnPages, ink } from "./pages.mjs";

const { values: options } = parseArgs({ options: {
  address: { type: "string", default: "http://127.0.0.1:5000" },
  pdf: { type: "string" },
  question: { type: "string" },
  chromium: { type: "string", default: "/usr/bin/chromium" },
  pictures: { type: "string" },
} });
if (!options.pdf || !options.question) {
  console.error("Give --pdf FILE and a --question that it answers.");
  process.exit(2);
}

const axe = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const browser = await chromium.launch({ executablePath: options.chromium });
const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, colorScheme: "light" });
let failed = 0;
const outside = [];
page.on("request", request => { if (!request.url().startsWith(options.address) && !request.url().startsWith("blob:") && !request.url().startsWith("data:")) outside.push(request.url()); });
page.on("console", message => { if (/Content Security Policy|TrustedHTML/.test(message.text())) check("policy", message.text()); });
page.on("pageerror", error => check("script", error.message));

function check(what, problem) {
  if (problem) failed++;
  console.log(`${problem ? "FAILED" : "ok    "}  ${what}${problem ? `: ${problem}` : ""}`);
}

const expect = (what, condition, otherwise) => check(what, condition ? null : otherwise ?? "no");

async function look(name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  check(`axe-core: ${name}`, violations.map(v => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0]?.message ?? n.failureSummary)).join("; ")}`).join(" | "));
  if (options.pictures) {
    mkdirSync(options.pictures, { recursive: true });
    await page.screenshot({ path: `${options.pictures}/${name}.png` });
  }
}

const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);

await page.goto(options.address);
await page.waitForFunction(() => /stored|None/.test(document.getElementById("stock").textContent));
await look("start");

const dropped = await page.evaluateHandle(({ bytes, name }) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
  return transfer;
}, { bytes: readFileSync(options.pdf).toString("base64"), name: basename(options.pdf) });
await page.dispatchEvent("main", "dragover", { dataTransfer: dropped });
expect("the page says where to drop", await page.locator("#dropping").isVisible());
await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
await page.locator("#uploads [data-state]").waitFor({ timeout: 120_000 });
expect("a PDF is added", await page.locator("#uploads [data-state=done]").count() === 1, await page.locator("#uploads .state").textContent());
await look("added");

await page.fill("#question", options.question);
await page.keyboard.press("Enter");
await page.locator(".turn .feedback").waitFor({ timeout: 120_000 });
const marks = page.locator(".answer-text .mark");
expect("the answer has marks", await marks.count() > 0, await page.locator(".answer").textContent());
await page.locator(".why summary").click();
await look("answer");
await page.locator(".why summary").click();

await marks.first().focus();
await page.keyboard.press("Enter");
await page.locator("#source-body .exact").first().waitFor();
expect("a mark opens its source, and the focus goes there", await focused() === "source-title", await focused());
if (await page.locator(".sheet").count() > 0) {
  await page.locator(".sheet.drawn canvas").waitFor({ timeout: 60_000 });
  const { inside } = await ink(page);
  expect("the page of the PDF is drawn, and the cited words are under their boxes", inside > 0.02, `${inside}`);
  expect("they are in view there", await page.locator(".sheet .exact").first().evaluate(m => { const { top } = m.getBoundingClientRect(); return top > 0 && top < innerHeight; }));
}

await look("page-view");
if (await page.locator("#view-text").isVisible()) {
  await page.locator("#view-text").click();
  await page.locator("#source-body mark.exact").first().waitFor();
}

expect("the words are lit up", (await page.locator("#source-body mark.exact").allTextContents()).join("").length > 10);
expect("they are in view", await page.locator("#source-body mark.exact").first().evaluate(m => { const { top } = m.getBoundingClientRect(); return top > 0 && top < innerHeight; }));
await look("text-view");
if (await page.locator("#next-words").isVisible()) {
  const before = await page.locator("#source-body .exact").first().textContent();
  await page.locator("#next-words").click();
  await page.waitForFunction(text => document.querySelector("#source-body .exact").textContent !== text, before);
  expect("next words light up, and the focus is on them", await focused() === "exact", await focused());
}

if (await page.locator("#original").isVisible()) {
  const [original] = await Promise.all([page.context().waitForEvent("page"), page.locator("#original").click()]);
  expect("the original opens in a new tab", original.url().startsWith("blob:"), original.url());
  if (options.pictures) {
    await original.waitForTimeout(1500);
    await original.screenshot({ path: `${options.pictures}/original.png` });
  }

  await original.close();
}

await page.locator("#source-title").focus();
await page.keyboard.press("Escape");
expect("Escape returns to the mark", await focused() === "mark", await focused());

await page.locator(".thumb.down").click();
await page.locator(".correction textarea").fill("Another answer.");
await look("correction");
await page.locator(".correction button.primary").click();
await page.locator(".thumb.down[aria-pressed=true]").waitFor();
check("a correction is kept");

await page.fill("#question", "How tall is Mount Kilimanjaro?");
await page.locator("#send").click();
await page.locator(".turn:nth-of-type(2) .feedback").waitFor({ timeout: 120_000 });
expect("it says when the documents hold no answer", await page.locator(".turn:nth-of-type(2) .flag").count() > 0, await page.locator(".turn:nth-of-type(2) .answer").textContent());
expect("the conversation is listed", await page.locator("#conversations button.row[aria-current=true]").count() === 1);
await page.reload();
await page.locator(".turn:nth-of-type(2) .feedback").waitFor();
expect("it is there after a reload", await page.locator(".turn").count() === 2);
await look("conversation");

await page.locator("#theme").click();
await look("dark");
await page.locator(".answer-text .mark").first().click();
await page.locator("#source-body .exact").first().waitFor();
if (await page.locator(".sheet").count() > 0) await page.locator(".sheet.drawn canvas").waitFor({ timeout: 60_000 });
await look("dark-source");

await page.setViewportSize({ width: 390, height: 844 });
if (await page.locator(".sheet").count() > 0) {
  await page.locator(".sheet.drawn canvas").waitFor({ timeout: 60_000 });
  await look("phone-page");
}

await page.locator("#view-text").isVisible() && await page.locator("#view-text").click();
await look("phone-source");
await page.locator("#source-close").click();
expect("nothing is wider than a phone", await page.evaluate(() => [document.documentElement, document.getElementById("main")].every(e => e.scrollWidth <= e.clientWidth)));
await look("phone-dark");
await page.locator("#theme").click();
await look("phone");
await page.locator("#menu").click();
await look("phone-menu");

await page.locator("#new").click();
await page.setViewportSize({ width: 1360, height: 860 });
await drawnPages({ page, address: options.address, expect, look });
await hostileTexts();
await agentRun();
await evaluations();
await keyIsAskedFor();

expect("nothing is fetched from elsewhere", outside.length === 0, outside.join(" "));
await browser.close();
console.log(failed === 0 ? `All checks of ${basename(options.pdf)} passed.` : `${failed} checks failed.`);
process.exit(failed === 0 ? 0 : 1);

/** An answer whose every text is hostile, and of which one sentence is not supported, from a server in our place. */
async function hostileTexts() {
  const hostile = "<img src=x onerror='document.title=1'><script>document.title=1</script>";
  const text = `${hostile} is cited. [1] This is not supported.`;
  const mark = text.indexOf("[1]");
  const citation = { number: 1, start: mark, end: mark + 3, documentId: hostile, chunkId: "c", path: null, title: hostile, page: 1, sourceStart: 0, sourceEnd: hostile.length, quote: hostile, support: 1, boxes: [[1, 10, 10, 90, 20]] };
  const answer = {
    question: hostile, text, abstained: false, reason: null, usage: { promptTokens: 0, completionTokens: 0 }, timings: {}, citations: [citation],
    sentences: [{ start: 0, end: mark + 3, supported: true, citations: [1] }, { start: mark + 4, end: text.length, supported: false, citations: [] }],
    sources: [{ number: 1, chunkId: "c", documentId: hostile, path: null, page: 1, start: 0, end: 5, text: hostile, score: 1 }],
  };
  const body = `event: token\ndata: ${JSON.stringify({ text: hostile })}\n\nevent: done\ndata: ${JSON.stringify({ id: "x", turn: 1, confidence: 0.5, answer })}\n\n`;
  await page.route("**/api/ask", route => route.fulfill({ contentType: "text/event-stream", body }));
  await page.route("**/api/sessions", route => route.fulfill({ json: { sessions: [{ id: hostile, title: hostile, turns: 1, changedAt: "2026-01-01" }] } }));
  await page.route("**/api/documents/text/**", route => route.fulfill({ json: { id: hostile, title: hostile, mediaType: "text/html", pages: [0], text: hostile, blocks: [{ kind: "heading", start: 0, end: hostile.length, level: 1 }], tags: {} } }));
  await page.route("**/api/documents/words/**", route => route.fulfill({ json: { page: 1, words: [[0, hostile.length, 10, 10, 90, 20]] } }));
  await page.fill("#question", hostile);
  await page.keyboard.press("Enter");
  await page.locator(".turn .feedback").waitFor();
  expect("an unsupported sentence says so in words", (await page.locator(".unsupported").textContent()).endsWith("not found in the documents"));
  await page.locator(".why summary").click();
  await page.locator(".answer-text .mark").click();
  await page.locator("#source-body .exact").first().waitFor();
  await look("hostile");
  await page.locator("#view-text").click();
  expect("hostile texts are shown as text", await page.evaluate(() => document.title === "Rag" && document.querySelectorAll("main img, aside img, nav img, main script, aside script").length === 0) && (await page.locator("mark.exact").textContent()) === hostile);
  await page.keyboard.press("Escape");
  await page.unrouteAll();
}

/** The steps of an agent; where the server has no model, its sentence about that. */
async function agentRun() {
  await page.locator("#new").click();
  await page.selectOption("#strategy", "react");
  await page.fill("#question", options.question);
  await page.keyboard.press("Enter");
  await page.locator(".turn .problem, .turn .answer-text").waitFor({ timeout: 300_000 });
  const steps = await page.locator(".timeline .step").count();
  expect(`an agent's run is a timeline (${steps} steps)`, steps > 0 || (await page.locator(".problem").textContent()).includes("language model"), await page.locator(".turn").textContent());
  await look("agent");
}

/** Runs in tables, from a server in our place. */
async function evaluations() {
  const measures = [{ name: "ndcg_cut_10", mean: 0.4, low: 0.35, high: 0.45 }, { name: "recall_100", mean: 0.8, low: 0.7, high: 0.9 }];
  const run = { file: "a.jsonl", collection: "demo", name: "keywords", queries: 50, version: "1", settings: { top: "8" }, measures };
  await page.route("**/api/evaluations", route => route.fulfill({ json: { runs: [run, { ...run, name: "meaning", measures: measures.slice(1) }], unreadable: ["notes.json"] } }));
  await page.locator("#open-evaluations").click();
  await page.locator("#evaluations table").waitFor();
  expect("evaluations are tables", await page.locator("#evaluations tbody tr").count() === 2 && (await page.locator("#evaluations").textContent()).includes("0.400"));
  await look("evaluations");
  await page.keyboard.press("Escape");
  expect("the focus returns to its button", await focused() === "open-evaluations", await focused());
  await page.unrouteAll();
}

/** A server that wants a key: asked for once, kept for the tab, sent from then on. */
async function keyIsAskedFor() {
  const sent = [];
  await page.route("**/api/**", route => {
    sent.push(route.request().headers().authorization);
    return route.request().headers().authorization === "Bearer right" ? route.continue({ headers: { ...route.request().headers(), authorization: "" } })
      : route.fulfill({ status: 401, contentType: "application/problem+json", body: JSON.stringify({ detail: "This server wants a key. Send it as 'Authorization: Bearer KEY'." }) });
  });
  await page.reload();
  await page.locator("#key[open]").waitFor();
  await look("key");
  await page.fill("#key-value", "right");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /stored|None/.test(document.getElementById("stock").textContent));
  expect("a key is asked for once and sent", sent.at(-1) === "Bearer right" && await page.locator("#key[open]").count() === 0);
  await page.unrouteAll();
}
