// The documents that are stored: listed, read, deleted.

import { $, make, button, say } from "./dom.js";
import { getJson, path, request } from "./api.js";
import { openSource } from "./source.js";

let next = null;

/** Lists the documents from the start. */
export async function showDocuments() {
  $("documents").replaceChildren();
  await append("documents?limit=200");
}

$("more-documents").addEventListener("click", () => append(`documents?limit=200&after=${encodeURIComponent(next)}`));

async function append(relative) {
  try {
    const page = await getJson(relative);
    next = page.next;
    $("documents").append(...page.documents.map(row));
    $("more-documents").hidden = next === null;
    const count = $("documents").children.length;
    $("stock").textContent = count === 0 ? "None yet" : `${next === null ? "" : "More than "}${count} stored`;
  } catch (problem) {
    say(problem.message);
  }
}

function row(document) {
  const name = document.title || document.id;
  const found = document.findings.filter(f => f.value.length <= 100).map(f => `${f.name}: ${f.value}`);
  const item = make("li", {},
    button(name, event => open(document.id, event.currentTarget), { className: "row", title: [document.id, ...found].join("\n") }),
    button("×", () => remove(document.id, name, item), { className: "quiet delete", title: "Delete", "aria-label": `Delete ${name}` }));
  return item;
}

function open(documentId, opener) {
  $("side").dispatchEvent(new Event("close-side"));
  openSource({ documentId, page: null, start: 0, end: 0, others: [], opener });
}

async function remove(id, name, item) {
  if (!confirm(`Delete “${name}” and all that was made of it?`)) return;
  try {
    await request(path("documents", id), { method: "DELETE" });
    item.remove();
    say(`“${name}” is deleted.`);
    await showDocuments();
    $("files").focus();
  } catch (problem) {
    say(problem.message);
  }
}
