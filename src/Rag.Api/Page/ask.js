// Questions: sent, and their answers shown as they are written.

import { $ } from "./dom.js";
import { events } from "./api.js";
import { addTurn } from "./turns.js";
import { showAnswer } from "./answer.js";
import { feedback } from "./feedback.js";
import { runAgent } from "./agents.js";
import { conversation, kept } from "./conversations.js";

let running = null;

export function watchQuestions() {
  const question = $("question");
  $("ask").addEventListener("submit", event => { event.preventDefault(); ask(); });
  $("stop").addEventListener("click", () => running?.abort());
  question.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("ask").requestSubmit();
    }
  });
  question.focus();
}

async function ask() {
  const question = $("question").value.trim();
  if (question === "" || running !== null) return;
  running = new AbortController();
  $("stop").hidden = false;
  $("send").disabled = true;
  const turn = addTurn(question);
  turn.item.scrollIntoView({ block: "start" });
  $("question").value = "";
  try {
    const strategy = $("strategy").value;
    await (strategy === "" ? fromPassages(question, turn, running.signal) : runAgent(question, strategy, turn, running.signal));
  } catch (problem) {
    turn.fail(problem.name === "AbortError" ? "Stopped." : problem.message);
    if ($("question").value === "") $("question").value = question;
  } finally {
    running = null;
    $("stop").hidden = true;
    $("send").disabled = false;
  }
}

async function fromPassages(question, turn, signal) {
  turn.progress("Looking for passages …");
  let found = 0;
  const session = conversation();
  for await (const { name, data } of events("ask", { json: { question, session, stream: true }, signal })) {
    switch (name) {
      case "passage":
        found++;
        turn.progress(`Reading ${found} ${found === 1 ? "passage" : "passages"} …`);
        break;
      case "token":
        turn.answer.append(data.text);
        break;
      case "restart":
        turn.answer.replaceChildren();
        break;
      case "done":
        showAnswer(turn.answer, data.answer, data.confidence);
        turn.end(feedback({ answerId: data.id }));
        await kept(session);
        return;
    }
  }

  throw new Error("The answer broke off before its end. Ask again.");
}
