// Conversations that the server keeps: listed, opened, deleted; and the one that is open.

import { $, make, button, say } from "./dom.js";
import { getJson, path, request } from "./api.js";
import { addTurn } from "./turns.js";
import { showAnswer } from "./answer.js";
import { feedback } from "./feedback.js";

let current = newId();

/** The name of the conversation that is open. */
export const conversation = () => current;

export async function showConversations() {
  try {
    const { sessions } = await getJson("sessions");
    $("conversations").replaceChildren(...sessions.map(row));
    if (sessions.length === 0) $("conversations").append(make("li", { className: "faint" }, "None yet."));
  } catch (problem) {
    say(problem.message);
  }
}

/** Opens a conversation; a new one where the name is empty or unknown. */
export async function openConversation(id) {
  if (!id) return begin(newId());
  try {
    begin(id);
    const session = await getJson(path("sessions", id));
    if (id !== current) return; // another one has been opened since
    const turns = branch(session.turns);
    for (const turn of turns) {
      const place = addTurn(turn.answer.question);
      showAnswer(place.answer, turn.answer);
      place.end(feedback({ session: id, turn: turn.id }));
    }

    if (turns.length < session.turns.length) $("turns").append(make("li", { className: "faint" }, `${session.turns.length - turns.length} turns of other branches are not shown.`));
    if (location.hash !== `#${encodeURIComponent(id)}`) history.pushState(null, "", `#${encodeURIComponent(id)}`);
    markCurrent();
    $("turns").lastElementChild?.scrollIntoView({ block: "start" });
  } catch (problem) {
    if (problem.status !== 404) say(problem.message);
    begin(newId());
  }
}

export function newConversation() {
  begin(newId());
  history.replaceState(null, "", location.pathname);
  $("side").dispatchEvent(new Event("close-side"));
  $("question").focus();
}

/** After an answer: the conversation is kept, so it is listed and the address leads to it. */
export async function kept(id) {
  if (id === current) history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  await showConversations();
  markCurrent();
}

function begin(id) {
  current = id;
  $("turns").replaceChildren();
  $("welcome").hidden = false;
  markCurrent();
}

function row(session) {
  const open = button(session.title || session.id, () => { $("side").dispatchEvent(new Event("close-side")); openConversation(session.id); }, { className: "row", title: `${session.turns} questions` });
  open.dataset.id = session.id;
  if (session.id === current) open.setAttribute("aria-current", "true");
  return make("li", {}, open, button("×", () => remove(session), { className: "quiet delete", title: "Delete", "aria-label": `Delete the conversation ${session.title}` }));
}

function markCurrent() {
  for (const open of $("conversations").querySelectorAll("button.row")) {
    if (open.dataset.id === current) open.setAttribute("aria-current", "true");
    else open.removeAttribute("aria-current");
  }
}

async function remove(session) {
  if (!confirm(`Delete the conversation “${session.title}”?`)) return;
  try {
    await request(path("sessions", session.id), { method: "DELETE" });
    if (session.id === current) newConversation();
    await showConversations();
  } catch (problem) {
    say(problem.message);
  }
}

/** The turns that lead to the newest one. */
function branch(turns) {
  const byId = new Map(turns.map(t => [t.id, t]));
  const line = [];
  for (let turn = turns.at(-1); turn; turn = byId.get(turn.parent)) line.unshift(turn);
  return line;
}

// randomUUID is there on secure pages only, and a server in the house may have no certificate.
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map(b => b.toString(16).padStart(2, "0")).join("");
}
