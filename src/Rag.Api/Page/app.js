// Puts the parts together.

import { $ } from "./dom.js";
import { showConversations, openConversation, newConversation } from "./conversations.js";
import { showDocuments } from "./documents.js";
import { watchDrops } from "./uploads.js";
import { watchQuestions } from "./ask.js";
import { watchSource } from "./source.js";
import { watchEvaluations } from "./evaluations.js";

const narrow = matchMedia("(max-width: 60rem)");

function showSide(shown) {
  $("side").classList.toggle("shown", shown);
  $("menu").setAttribute("aria-expanded", shown);
  $("side").inert = narrow.matches && !shown;
  if (shown && narrow.matches) $("new").focus();
}

$("menu").addEventListener("click", () => showSide(!$("side").classList.contains("shown")));
$("main").addEventListener("click", () => narrow.matches && showSide(false));
$("side").addEventListener("close-side", () => narrow.matches && showSide(false));
$("side").addEventListener("keydown", event => {
  if (event.key === "Escape" && narrow.matches) {
    showSide(false);
    $("menu").focus();
  }
});
narrow.addEventListener("change", () => showSide(false));
$("new").addEventListener("click", newConversation);

showSide(false);
watchSource();
watchQuestions();
watchDrops();
watchEvaluations();
showDocuments();
showConversations();

const ofAddress = () => openConversation(decodeURIComponent(location.hash.slice(1)));
addEventListener("popstate", ofAddress);
ofAddress();
