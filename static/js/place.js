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
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  const patrolForm = main.querySelector("[data-patrol-form]");
  if (patrolForm) (await import("./patrol_form.js")).enhance(patrolForm);
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
