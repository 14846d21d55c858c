// An agent's run as it goes: thoughts, tools and what they gave, on a line of time.

import { make } from "./dom.js";
import { events } from "./api.js";
import { showAnswer } from "./answer.js";
import { format } from "./why.js";

const names = { thought: "Thought", tool_call: "Tool", observation: "Result", plan: "Plan", error: "Error", out_of_budget: "Out of budget", finish: "Finished", answer: "Answer" };

export async function runAgent(task, strategy, turn, signal) {
  turn.progress("The agent begins …");
  const steps = make("ol", { className: "timeline", "aria-label": "Steps of the agent" });
  turn.answer.before(steps);
  const begun = performance.now();
  for await (const { name, data } of events("agents", { json: { task, strategy, stream: true }, signal })) {
    if (name === "step") {
      if (data.kind !== "answer") steps.append(stepOf(data, performance.now() - begun));
      turn.progress(`${names[data.kind] ?? data.kind} …`);
    } else if (name === "done") {
      showAnswer(turn.answer, { ...data, text: data.answer }, null);
      turn.answer.append(make("p", { className: "faint" }, `${strategy} · ${data.calls} ${data.calls === 1 ? "call" : "calls"} of the model · ${data.usage.promptTokens} tokens read, ${data.usage.completionTokens} written · ${stopped(data.stopped)} Runs of agents are not kept in the conversation.`));
      turn.end();
      return;
    }
  }

  throw new Error("The run broke off before its end. Ask again.");
}

const ends = { gaveup: "It gave up.", steps: "Its steps were used up.", calls: "Its calls were used up.", tokens: "Its tokens were used up.", time: "Its time was used up." };
const stopped = why => ends[why] ?? "";

function stepOf({ kind, thought, action, input, observation, text }, at) {
  const body = kind === "tool_call" ? make("p", {}, make("code", {}, text || `${action}(${wordsOf(input)})`))
    : kind === "observation" ? long(observation)
    : make("p", {}, thought || text || "");
  return make("li", { className: `step ${kind}` }, make("span", { className: "step-kind" }, names[kind] ?? kind), make("span", { className: "step-time faint" }, `+${format(at)}`), body);
}

const wordsOf = input => Object.entries(input ?? {}).map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ");

/** What a tool gave, of which the first lines are shown. */
const long = text => (text.length <= 240 ? make("p", { className: "given" }, text) : make("details", {}, make("summary", {}, `${text.slice(0, 160).trimEnd()} …`), make("p", { className: "given" }, text)));
