/* Pieces of pages: the words and lists of the queue, a form in the place of the present content, a notice, a question. */

const SHELL = "/offline/";

export const pageOf = (html) => new DOMParser().parseFromString(html, "text/html");

/* The shell holds every word of the queue (templates/queue/): in the worker's newest cache, else with the server. */
async function shellText() {
  for (const name of globalThis.caches ? (await caches.keys()).reverse() : []) {
    const kept = await caches.match(SHELL, { cacheName: name, ignoreVary: true });
    if (kept) return kept.text();
  }
  const response = await fetch(SHELL);
  if (!response.ok) throw new Error(SHELL);
  return response.text();
}

let pieces = null;

/* part(), words() and ask() have what they show once this is through. */
export async function partsLoaded() {
  if (pieces) return;
  const here = document.querySelector("template[data-queue]");
  pieces = (here ?? pageOf(await shellText()).querySelector("template[data-queue]")).content;
}

export const part = (name) => document.importNode(pieces.querySelector(`[data-part="${name}"]`), true);
export const words = (name) => pieces.querySelector(`[data-words="${name}"]`).textContent;

/* Puts the content of another page in the place of this one's, as going there would. */
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

/* A notice above the content; an earlier one of the queue makes way. */
export function say(notice, host = document.querySelector("main")) {
  host.querySelector(":scope > [data-queue-notice]")?.remove();
  notice.dataset.queueNotice = "";
  notice.tabIndex = -1;
  host.prepend(notice);
  notice.focus();
}

/* A question in a <dialog>. Answers the values of its form, or null where it was put off. */
export function ask(name, fill = () => {}) {
  const dialog = part(name);
  fill(dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const values = new FormData(dialog.querySelector("form"));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? values : null);
    });
  });
}

export function errorLine({ label, message }) {
  const line = document.createElement("li");
  line.textContent = label ? `${label}: ${message}` : message;
  return line;
}

/* static/js/correct.js opens the entry; those who ask for it are loaded without it. */
export const askToCorrect = (clientId) => document.dispatchEvent(new CustomEvent("correct", { detail: clientId }));
