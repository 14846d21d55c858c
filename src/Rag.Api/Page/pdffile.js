// The pages of a PDF as pdf.js draws them, one file at a time, from the parts of it that a page takes. Nothing in it runs: it ends as dots on a canvas.

import { path, request } from "./api.js";

const FOLDER = new URL("./pdfjs/", import.meta.url).href;
const FOLDERS = { cMapUrl: "cmaps/", standardFontDataUrl: "standard_fonts/" };
const START = 2 ** 20; // bytes that are asked for first: most files have no more
const PART = 2 ** 16; // the unit of what is asked for then
const [MOST_DOTS, LONGEST] = [2 ** 23, 2 ** 14]; // of a canvas (32 MB), and of one of its sides: browsers draw nothing on larger ones
const MOST_OF_PICTURE = 2 ** 26; // dots of a picture in the file: A3 at 600 to the inch
const PATIENCE = 30_000; // milliseconds, after which the words are what there is

// The only script that becomes a worker, whatever is asked for.
const scripts = globalThis.trustedTypes?.createPolicy("pdf-worker", { createScriptURL: () => `${FOLDER}legacy/build/pdf.worker.min.mjs` });

let open = null; // the file that is open: { id, pdf, broken, close }

/** Draws a page of the document's file onto the canvas, about `width` dots wide, and gives its size in points; `signal` ends it. */
export async function drawPage(canvas, id, number, width, signal) {
  if (open?.id !== id) {
    closeFile();
    open = openFile(id);
  }

  const file = open;
  const late = timer(PATIENCE);
  const ended = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  try {
    return await Promise.race([draw(await Promise.race([file.pdf, file.broken, late, ended]), canvas, number, width, signal), file.broken, late, ended]);
  } catch (error) {
    if (!signal.aborted && open === file) closeFile(); // what is broken is opened anew
    throw error;
  } finally {
    late.stop();
  }
}

/** Lets go of the file that is open, with all that was made of it. */
export function closeFile() {
  open?.close();
  open = null;
}

async function draw(pdf, canvas, number, wanted, signal) {
  signal.throwIfAborted();
  const page = await pdf.getPage(number);
  signal.throwIfAborted();
  const { width, height } = page.getViewport({ scale: 1 }); // turned, cut and in the unit as the file says: what boxes of words are measured in
  const viewport = page.getViewport({ scale: Math.min(wanted / width, Math.sqrt(MOST_DOTS / (width * height)), LONGEST / width, LONGEST / height) });
  [canvas.width, canvas.height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const task = page.render({ canvas, viewport });
  signal.addEventListener("abort", () => task.cancel(), { once: true });
  await task.promise;
  page.cleanup();
  return { width, height };
}

function openFile(id) {
  const ending = new AbortController();
  let [fail, task, worker] = [];
  const broken = new Promise((_, reject) => { fail = reject; });
  const part = async (from, to, tag) => request(path("documents/file", id), { signal: ending.signal, headers: { Range: `bytes=${from}-${to - 1}`, ...(tag ? { "If-Match": tag } : {}) } });

  async function read() {
    const [{ getDocument, PDFDataRangeTransport, PDFWorker }, first] = await Promise.all([import("./pdfjs/legacy/build/pdf.min.mjs"), part(0, START)]);
    const [bytes, tag] = [new Uint8Array(await first.arrayBuffer()), first.headers.get("ETag")];
    const length = Number(first.headers.get("Content-Range")?.split("/")[1] ?? bytes.length);
    ending.signal.throwIfAborted();
    worker = new Worker(scripts ? scripts.createScriptURL("") : `${FOLDER}legacy/build/pdf.worker.min.mjs`, { type: "module" });
    worker.addEventListener("error", event => {
      event.preventDefault(); // it is told below the words
      fail(new Error(event.message || "Its worker does not start."));
    });

    class Parts extends PDFDataRangeTransport {
      requestDataRange(from, to) {
        part(from, to, tag).then(response => response.arrayBuffer()).then(buffer => this.onDataRange(from, new Uint8Array(buffer))).catch(fail);
      }
    }
    task = getDocument({
      ...(bytes.length < length ? { range: new Parts(length, bytes), rangeChunkSize: PART, disableAutoFetch: true, disableStream: true } : { data: bytes }),
      worker: PDFWorker.create({ port: worker }),
      BinaryDataFactory: Resources, useWorkerFetch: false, useWasm: false, wasmUrl: `${FOLDER}wasm/`, // scripts instead of WebAssembly, which the policy would have to allow
      enableXfa: false, maxImageSize: MOST_OF_PICTURE, verbosity: 0,
    });
    return task.promise;
  }

  function close() {
    ending.abort();
    const stop = () => worker?.terminate();
    Promise.race([task?.destroy(), timer(1000)]).then(stop, stop);
  }

  const pdf = read();
  for (const promise of [pdf, broken]) promise.catch(() => { /* whoever waits for it hears of it */ });
  return { id, pdf, broken, close };
}

/** What pdf.js asks for besides the file: character maps and the two fonts of symbols. The names are from its own lists. */
class Resources {
  async fetch({ kind, filename }) {
    const response = await fetch(FOLDER + FOLDERS[kind] + filename);
    if (!response.ok) throw new Error(`${filename} is not there.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Fails after some time, unless it is stopped. */
function timer(milliseconds) {
  let waiting;
  const promise = new Promise((_, reject) => { waiting = setTimeout(() => reject(new Error(`It takes longer than ${milliseconds / 1000} seconds.`)), milliseconds); });
  promise.catch(() => { /* nobody waits any more */ });
  return Object.assign(promise, { stop: () => clearTimeout(waiting) });
}
