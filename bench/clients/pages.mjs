// Pages of PDFs beside an answer: drawn as the file says with the boxes over the words, harmless whatever the file tries, and words where there is no picture.

import { hostile, scanned, turned } from "./pdfs.mjs";

export async function drawnPages({ page, address, expect, look }) {
  const upload = async (name, bytes) => {
    const { jobs } = await (await fetch(`${address}/api/documents?name=${name}`, { method: "POST", body: bytes })).json();
    let job = jobs[0];
    while (job.state === "queued" || job.state === "running") job = await (await fetch(`${address}/api/jobs/${job.id}`)).json();
    if (job.state !== "done") throw new Error(`${name}: ${job.error}`);
  };
  const open = async name => {
    await page.locator("#new").click();
    await page.fill("#question", `Who founded the ${name} archive?`);
    await page.keyboard.press("Enter");
    await page.locator(".turn .feedback").waitFor({ timeout: 120_000 });
    await page.locator(".answer-text .mark").first().click();
    await page.locator(".sheet .exact").waitFor();
  };
  const drawn = () => page.locator(".sheet.drawn canvas").waitFor({ timeout: 60_000 });

  const names = ["heron", "badger", "otter", "falcon", "marten"];
  await upload("turned.pdf", turned(names));
  for (const [i, name] of names.entries()) {
    await open(name);
    await drawn();
    const { inside, outside } = await ink(page);
    expect(`a page turned by ${90 * (i % 4)} degrees${i === 4 ? ", twice as large," : ""} and cut: its words are under their boxes`, inside > 0.05 && outside === 0, JSON.stringify({ inside, outside }));
  }

  await page.locator(".pages button").first().click();
  await page.locator(".pages button").first().click();
  await page.locator(".pages [role=status]", { hasText: "Page 3 of 5" }).waitFor();
  await drawn();
  expect("pages that are turned quickly end at the last one", (await page.locator(".sheet").textContent()).includes("otter") && await page.locator(".sheet canvas").count() === 1, await page.locator(".sheet").textContent());
  expect("nothing of it is lit up there", await page.locator(".sheet .exact").count() === 0);

  await page.locator("#source-close").click();
  await upload("scan.pdf", scanned("ibis"));
  await open("ibis");
  await drawn();
  expect("a scan is drawn", (await colourAt(page, 0.33, 0.49)).every(c => c < 40) && (await colourAt(page, 0.1, 0.1)).every(c => c > 240), `${await colourAt(page, 0.33, 0.49)}`);
  expect("and its words can be selected", await page.evaluate(() => { getSelection().selectAllChildren(document.querySelector(".sheet svg")); return getSelection().toString(); }).then(text => /The ibis archive was founded by Zed/.test(text)));
  await page.evaluate(() => getSelection().empty());

  const opened = [];
  const watch = what => opened.push(what.url?.() ?? what.message());
  page.context().on("page", watch);
  page.on("dialog", watch);
  await upload("hostile.pdf", hostile("stork"));
  await open("stork");
  await drawn();
  const before = page.url();
  await page.locator(".sheet").click({ position: { x: 200, y: 300 } });
  await page.waitForTimeout(1000);
  expect("a PDF with scripts, actions and links is a picture", opened.length === 0 && page.url() === before && await page.locator(".sheet :is(a, input, button, iframe, script, img, form)").count() === 0 && await page.title() === "Rag", opened.join());
  page.context().off("page", watch);
  page.off("dialog", watch);

  await page.route("**/api/documents/file/**", route => route.fulfill({ status: 404, contentType: "application/problem+json", body: '{"detail":"not kept"}' }));
  await open("heron");
  await page.locator(".as-page [role=status]", { hasText: "not kept" }).waitFor();
  expect("without the file its words are shown", await page.locator(".sheet canvas").count() === 0 && (await page.locator(".sheet text").first().evaluate(t => getComputedStyle(t).fill)) === "rgb(34, 33, 30)");
  await look("words");
  await page.unrouteAll();

  await page.route("**/api/documents/file/**", route => route.fulfill({ status: 200, contentType: "application/pdf", body: "%PDF-1.7 and nothing else" }));
  await open("heron");
  await page.locator(".as-page [role=status]", { hasText: "cannot be drawn" }).waitFor({ timeout: 60_000 });
  expect("of a broken file, too", await page.locator(".sheet canvas").count() === 0 && await page.locator(".sheet text").count() === 2, await page.locator(".as-page").textContent());
  await page.unrouteAll();

  await page.route("**/pdf.worker.min.mjs", route => route.fulfill({ status: 200, contentType: "text/javascript", body: "throw new Error('no worker');" }));
  await open("heron");
  await page.locator(".as-page [role=status]", { hasText: "cannot be drawn" }).waitFor({ timeout: 60_000 });
  expect("and in a browser that does not run it", await page.locator(".sheet canvas").count() === 0 && await page.locator(".sheet text").count() === 2);
  await page.unrouteAll();

  await open("heron");
  await drawn();
  expect("the next one is drawn again", (await ink(page)).inside > 0.05);
  await page.setViewportSize({ width: 390, height: 844 });
  const small = await page.locator(".sheet canvas").evaluate(c => c.width);
  await page.setViewportSize({ width: 2400, height: 1200 });
  await page.waitForFunction(width => document.querySelector(".sheet canvas").width > width * 1.2, small);
  expect("a page that becomes larger is drawn anew", await page.locator(".sheet canvas").count() === 1 && (await ink(page)).outside === 0);
  await page.setViewportSize({ width: 1360, height: 860 });
  await page.locator("#source-close").click();
  await page.locator("#new").click();
}

/** How much of the boxes that are lit up is dark in the picture, of the box that has least, and how many dark dots lie where no word stands. */
export const ink = page => page.evaluate(() => {
  const [canvas, drawing] = [document.querySelector(".sheet canvas"), document.querySelector(".sheet svg")];
  const [x, y] = [canvas.width / drawing.viewBox.baseVal.width, canvas.height / drawing.viewBox.baseVal.height];
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const dark = new Uint8Array(canvas.width * canvas.height).map((_, i) => (data[i * 4] + data[i * 4 + 1] + data[i * 4 + 2] < 300 ? 1 : 0));
  const rows = (left, top, right, bottom) => Array.from({ length: Math.ceil(bottom * y) - Math.floor(top * y) }, (_, i) => (Math.floor(top * y) + i) * canvas.width).map(row => dark.subarray(row + Math.floor(left * x), row + Math.ceil(right * x)));
  const shares = [...drawing.querySelectorAll(".exact rect")].map(r => r.getBBox()).map(r => rows(r.x, r.y, r.x + r.width, r.y + r.height)).map(box => box.flatMap(row => [...row])).map(dots => dots.filter(d => d === 1).length / dots.length);
  for (const word of drawing.querySelectorAll("tspan")) {
    const [left, base, size] = [word.getAttribute("x"), word.parentElement.getAttribute("y"), word.parentElement.getAttribute("font-size")].map(Number);
    const bottom = base + size / 0.92 * 0.22;
    for (const row of rows(left - 2, bottom - size / 0.92 - 2, left + Number(word.getAttribute("textLength")) + 2, bottom + 2)) row.fill(0);
  }
  return { inside: Math.min(...shares), outside: dark.filter(d => d === 1).length };
});

/** The colour of the picture at a place of it, both from 0 to 1. */
const colourAt = (page, x, y) => page.evaluate(([x, y]) => { const canvas = document.querySelector(".sheet canvas"); return [...canvas.getContext("2d").getImageData(canvas.width * x, canvas.height * y, 1, 1).data].slice(0, 3); }, [x, y]);
