// Every request goes through here: the key, problems as sentences, and events as they come.

import { $ } from "./dom.js";

const root = new URL("../api/", import.meta.url);
const storedKey = "rag-key";

/** What the server says is wrong, in its words. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** The address of an id, of which each part is escaped. */
export const path = (start, id) => `${start}/${id.split("/").map(encodeURIComponent).join("/")}`;

/** Headers with the key, where there is one. */
export const authorization = () => {
  const key = sessionStorage.getItem(storedKey);
  return key ? { Authorization: `Bearer ${key}` } : {};
};

export const address = relative => new URL(relative, root);

/** A response that succeeded; asks for a key and tries again where the server wants one. */
export async function request(relative, { json, ...options } = {}) {
  while (true) {
    const sent = json === undefined ? {} : { method: "POST", body: JSON.stringify(json) };
    const type = json === undefined ? {} : { "Content-Type": "application/json" };
    const key = authorization();
    const response = await reach(relative, { ...sent, ...options, headers: { ...key, ...type, ...options.headers } });
    if (response.ok) return response;
    const problem = await problemOf(response);
    const isNewer = key.Authorization !== authorization().Authorization; // given while this was under way
    if (response.status !== 401 || !(isNewer || await askForKey(problem.message))) throw problem;
  }
}

export const getJson = async (relative, options) => (await request(relative, options)).json();

/** Sends JSON and gives each event as { name, data } when it comes. */
export async function* events(relative, options = {}) {
  const response = await request(relative, { ...options, headers: { Accept: "text/event-stream" } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      buffer += value;
      const parts = buffer.split("\n\n");
      buffer = parts.pop();
      for (const part of parts) {
        const event = parse(part);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => { /* the stream has ended already */ });
  }
}

/** What a response that failed says. */
export async function problemOf(response) {
  const body = await response.json().catch(() => null);
  return new Problem(response.status, body?.detail ?? `The server answered with status ${response.status}.`);
}

/** Asks for a key, once at a time; false where none is given. */
let asking = null;
export function askForKey(why) {
  asking ??= new Promise(resolve => {
    const dialog = $("key");
    $("key-why").textContent = why;
    $("key-value").value = dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "given";
      if (given) sessionStorage.setItem(storedKey, $("key-value").value.trim());
      asking = null;
      resolve(given);
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}

async function reach(relative, options) {
  try {
    return await fetch(address(relative), options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "The server cannot be reached. Is it running?");
  }
}

function parse(part) {
  let name = "message";
  const data = [];
  for (const line of part.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  if (data.length === 0) return null;
  const value = JSON.parse(data.join("\n"));
  if (name === "error" && value.detail) throw new Problem(value.status ?? 0, value.detail);
  return { name, data: value };
}
