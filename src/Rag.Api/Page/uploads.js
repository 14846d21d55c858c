// Files that are dropped or chosen: sent, and watched until they can be asked about.

import { $, make, button, say } from "./dom.js";
import { Problem, address, askForKey, authorization, events, getJson, request } from "./api.js";
import { showDocuments } from "./documents.js";

const states = { queued: "waiting", running: "being read", done: "ready", failed: "failed", cancelled: "cancelled" };
const isOver = state => state === "done" || state === "failed" || state === "cancelled";

/** Takes files from the button, and from everywhere on the page. */
export function watchDrops() {
  $("files").addEventListener("change", () => { add([...$("files").files]); $("files").value = ""; });
  $("choose").addEventListener("click", () => $("files").click());
  addEventListener("dragover", event => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    $("dropping").hidden = false;
  });
  addEventListener("dragleave", event => { if (event.relatedTarget === null) $("dropping").hidden = true; });
  addEventListener("drop", event => {
    event.preventDefault();
    $("dropping").hidden = true;
    add([...event.dataTransfer.files]);
  });
}

// A browser keeps few connections to a server, so one job is watched at a time; the server works through them in their order too.
let watching = Promise.resolve();

const add = files => files.reduce((before, file) => before.then(() => upload(file)), Promise.resolve());

async function upload(file) {
  const row = rowOf(file.name);
  try {
    const id = (await send(file, row)).split("/").at(-1);
    row.sent(1);
    watching = watching.then(() => row.watch(id));
  } catch (problem) {
    row.fail(problem.message);
  }
}

/** Sends a file; gives the address of its job. fetch cannot say how much has been sent, so this is the older way. */
async function send(file, row) {
  const response = await new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    sending.open("POST", address("documents"));
    for (const [name, value] of Object.entries(authorization())) sending.setRequestHeader(name, value);
    sending.upload.onprogress = event => row.sent(event.loaded / event.total);
    sending.onload = () => resolve(sending);
    sending.onerror = () => reject(new Error("The file could not be sent: the server cannot be reached, or broke off."));
    sending.send(form);
  });
  if (response.status === 202) return response.getResponseHeader("Location");
  const detail = detailOf(response);
  if (response.status === 401 && await askForKey(detail)) return send(file, row);
  throw new Error(detail);
}

function detailOf(response) {
  try {
    return JSON.parse(response.responseText).detail;
  } catch {
    return `The server answered with status ${response.status}; it may take no files.`;
  }
}

function rowOf(name) {
  const bar = make("progress", { max: 1, value: 0, "aria-label": `Sending ${name}` });
  const state = make("span", { className: "state" }, "being sent");
  const actions = make("span", {});
  const item = make("li", {}, make("span", { className: "name", title: name }, name), state, bar, actions);
  $("uploads").append(item);

  const show = text => { if (state.textContent !== text) state.textContent = text; };
  const end = (...buttons) => { bar.remove(); actions.replaceChildren(...buttons.filter(Boolean), button("×", () => item.remove(), { className: "quiet delete", "aria-label": `Put away the note on ${name}` })); };

  async function watch(id) {
    bar.removeAttribute("value");
    bar.setAttribute("aria-label", `Reading ${name}`);
    actions.replaceChildren(button("Cancel", () => request(`jobs/${id}`, { method: "DELETE" }).catch(problem => say(problem.message)), { className: "quiet", "aria-label": `Cancel ${name}` }));
    try {
      const job = await follow(id, job => show(states[job.state] ?? job.state));
      show(job.error ?? [states[job.state], ...(job.warnings ?? [])].join(". "));
      item.dataset.state = job.state;
      end(job.state === "failed" ? button("Again", () => again(id), { className: "quiet", "aria-label": `Try ${name} again` }) : null);
      if (job.state === "done") {
        say(`“${name}” is ready. Ask about it.`);
        await showDocuments();
      }
    } catch (problem) {
      fail(problem.message);
    }
  }

  async function again(id) {
    try {
      await request(`jobs/${id}/retry`, { method: "POST" });
      item.insertBefore(bar, actions);
      await watch(id);
    } catch (problem) {
      fail(problem.message);
    }
  }

  function fail(text) {
    show(text);
    item.dataset.state = "failed";
    end();
  }

  return { sent: part => {
      bar.value = part;
      if (part === 1) show(states.queued);
    }, watch, fail };
}

/** The job when it is over, told as it goes on; a stream that breaks off is taken up again. */
async function follow(id, tell) {
  while (true) {
    try {
      for await (const { data } of events(`jobs/${id}/events`)) tell(data);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem; // else the job says it too
    }

    const job = await getJson(`jobs/${id}`);
    tell(job);
    if (isOver(job.state)) return job;
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}
