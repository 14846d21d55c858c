// Thumbs, and what the answer should have been.

import { make, button, say } from "./dom.js";
import { request } from "./api.js";

/** Buttons that rate an answer. `rated` says which: { answerId } or { session, turn }. */
export function feedback(rated) {
  const place = make("div", { className: "feedback" });
  const good = thumb("Good answer", "thumb", () => rate({ verdict: "good" }));
  const bad = thumb("Not right", "thumb down", () => place.querySelector("form") ? place.querySelector("form").remove() : place.append(correction(send)));
  place.append(good, bad);

  async function rate(rating) {
    try {
      await request("feedback", { json: { ...rated, ...rating } });
    } catch (problem) {
      say(problem.message);
      return false;
    }

    good.setAttribute("aria-pressed", rating.verdict === "good");
    bad.setAttribute("aria-pressed", rating.verdict === "bad");
    place.querySelector("form")?.remove();
    say("Kept. Thank you.");
    return true;
  }

  async function send(rating) {
    if (await rate({ verdict: "bad", ...rating })) bad.focus();
  }

  return place;
}

const thumb = (label, className, onclick) => button("", onclick, { className: `quiet ${className}`, title: label, "aria-label": label, "aria-pressed": "false" });

function correction(send) {
  const text = make("textarea", { rows: 3 });
  const none = make("input", { type: "checkbox", onchange: () => { text.disabled = none.checked; } });
  const comment = make("input", { type: "text", autocomplete: "off" });
  const form = make("form", {
    className: "correction",
    onsubmit: event => {
      event.preventDefault();
      const right = none.checked ? "" : text.value.trim() || null;
      send({ correction: right, comment: comment.value.trim() || null });
    },
  },
  make("label", {}, "What should the answer have been?", text),
  make("label", { className: "check" }, none, "The documents hold no answer"),
  make("label", {}, "What is wrong with it?", comment),
  make("div", { className: "ask-row" }, make("button", { className: "primary" }, "Send")));
  queueMicrotask(() => text.focus());
  return form;
}
