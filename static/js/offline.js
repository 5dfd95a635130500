/* The shell: stands in for a page that the network did not bring. It holds nothing of anybody; what it shows comes
   out of the store of the account that signed in last on this device. */

import { watchBadge } from "./badge.js";
import { pageOf, part, partsLoaded, place, say, words } from "./place.js";
import { keepSending } from "./queue.js";
import { recalled, storedPage, storedPaths } from "./store.js";

// Sweden writes days as forms do.
const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });

/* The form as of today, under an id of its own: a stored page is opened many times. */
function renewed(page) {
  const form = page.querySelector("form[data-record]");
  form.setAttribute("action", location.pathname);
  form.elements.client_id.setAttribute("value", crypto.randomUUID());
  const day = form.elements.date ?? form.elements.occurred_on;
  if (day.max) day.max = today();
  day.setAttribute("value", today());
  if (form.dataset.day) form.dataset.day = today();
  page.querySelector(".messages")?.remove();
  return page;
}

async function showForm(user) {
  const html = user && (await storedPage(user, location.pathname).catch(() => null));
  if (!html) return false;
  const main = await place(renewed(pageOf(html)));
  say(part("offline-form"), main);
  return true;
}

async function showList(user) {
  const host = document.querySelector("[data-shell]");
  const paths = user ? await storedPaths(user).catch(() => []) : [];
  const links = paths.sort().reverse().map((path) => {
    const link = document.createElement("a");
    link.className = "button";
    link.href = path;
    link.textContent = words(path.includes("/patrols/") ? "log-patrol" : "log-incident");
    return link;
  });
  host.querySelector("[data-forms]").replaceChildren(...links);
  host.querySelector("[data-nobody]").hidden = Boolean(user);
  await (await import("./unsent.js")).mountAll();
}

export async function showShell() {
  const user = await recalled();
  await partsLoaded();
  watchBadge();
  if (user) keepSending(user);
  if (!(await showForm(user))) await showList(user);
}
