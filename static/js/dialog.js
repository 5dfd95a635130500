/* A question in a <dialog> of templates/queue/. Answers the values of its form, or null where it was put off. */

import { part } from "./place.js";

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
