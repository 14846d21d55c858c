// A question and the place for its answer.

import { $, make } from "./dom.js";

export function addTurn(question) {
  const answer = make("div", { className: "answer", "aria-live": "polite" });
  const progress = make("p", { className: "progress faint", role: "status" });
  const item = make("li", { className: "turn" }, make("h2", { className: "asked" }, question), answer, progress);
  $("turns").append(item);
  $("welcome").hidden = true;
  return {
    answer,
    item,
    /** What is being done; the answer is not read aloud before it is whole. */
    progress(text) {
      progress.textContent = text;
      answer.setAttribute("aria-busy", "true");
    },
    /** The answer is whole; `below` stands under it. */
    end(below) {
      progress.remove();
      answer.removeAttribute("aria-busy");
      if (below) item.append(below);
    },
    fail(text) {
      progress.remove();
      answer.removeAttribute("aria-busy");
      answer.append(make("p", { className: "problem" }, text));
    },
  };
}
