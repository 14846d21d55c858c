// Elements are made here and filled with text, so that no text of a document, an answer or a name can become markup.

export const $ = id => document.getElementById(id);

/** An element with properties (className, title, onclick ...; aria-… and data-… as attributes) and children: elements or text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter(c => c !== null && c !== undefined));
  return element;
}

/** A button that does something. */
export const button = (text, onclick, properties = {}) => make("button", { type: "button", onclick, ...properties }, text);

/** Tells something for some seconds, to eyes and screen readers. */
let fading;
export function say(text) {
  const status = $("status");
  status.textContent = text;
  status.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => status.classList.remove("shown"), Math.max(4000, text.length * 70));
}
