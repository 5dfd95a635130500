/* On every signed-in page: sends what waits, shows how much it is, keeps the forms for times without a signal. */

import { pageUser, remember } from "./account.js";
import { watchBadge } from "./badge.js";
import { keepSending } from "./queue.js";
import { entriesOf, forget } from "./store.js";

const user = pageUser();
const QUIET_MS = 1500; // the page itself comes first on a thin line

if (user) {
  remember(user);
  watchBadge();
  keepSending(user);
  document.addEventListener("submit", signOut, true);
  document.addEventListener("correct", (event) => import("./correct.js").then(({ correct }) => correct(event.detail)));
  if (document.querySelector("[data-unsent-list]")) import("./unsent.js").then(({ mountAll }) => mountAll());
  if (document.readyState === "complete") prepare();
  else addEventListener("load", prepare);
}

function prepare() {
  setTimeout(() => import("./pages.js").then(({ prepareOffline }) => prepareOffline(user)), QUIET_MS);
}

/* What is not sent yet stays on the device, and its account is told; the rest of it goes. */
async function signOut(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault();
  const waiting = await entriesOf(user).catch(() => []);
  if (waiting.length) {
    const { ask } = await import("./dialog.js");
    const answer = await ask("sign-out", (dialog) => {
      dialog.querySelector("[data-number]").textContent = waiting.length;
    });
    if (!answer) return;
  }
  remember("");
  await forget(user).catch(() => {});
  form.submit();
}
