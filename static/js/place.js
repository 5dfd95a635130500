/* Puts the content of another page in the place of this one's, as going there would. */

export const pageOf = (html) => new DOMParser().parseFromString(html, "text/html");

/* The words and pieces of the queue, from templates/queue/. */
export function part(name) {
  for (const { content } of document.querySelectorAll("template[data-queue]")) {
    const found = content.querySelector(`[data-part="${name}"]`);
    if (found) return document.importNode(found, true);
  }
  throw new Error(`this page has no part ${name}`);
}

export const words = (name) => part("words").querySelector(`[data-words="${name}"]`).textContent;

export async function place(page) {
  const main = document.adoptNode(page.querySelector("main")); // moved, not copied: what is filled in stays
  const patrolForm = main.querySelector("[data-patrol-form]");
  // Before the form is in place: the module takes the one that it finds by itself.
  const script = patrolForm && (await import("./patrol_form.js"));
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  script?.enhance(patrolForm);
  (main.querySelector("[autofocus]") ?? main).focus();
  scrollTo(0, 0);
  return main;
}

/* A message above the content; an earlier one of the queue makes way. */
export function say(notice, host = document.querySelector("main")) {
  host.querySelector(":scope > [data-queue-notice]")?.remove();
  notice.dataset.queueNotice = "";
  notice.tabIndex = -1;
  host.prepend(notice);
  notice.focus();
}

export function errorLine({ label, message }) {
  const line = document.createElement("li");
  line.textContent = label ? `${label}: ${message}` : message;
  return line;
}

/* static/js/correct.js opens the entry; those who ask for it are loaded without it. */
export const askToCorrect = (clientId) => document.dispatchEvent(new CustomEvent("correct", { detail: clientId }));
