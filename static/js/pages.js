/* Once a day, and after an upgrade: the forms as the server has them, kept encrypted for times without a signal. */

import { pageOf } from "./place.js";
import { keepPage, meta, setMeta } from "./store.js";

const DAY_MS = 24 * 3_600_000;

export async function prepareOffline(user) {
  const worker = navigator.serviceWorker?.register("/sw.js").then(() => navigator.serviceWorker.ready);
  try {
    await Promise.all([worker, keepForms(user)]);
    document.documentElement.dataset.offline = "ready";
  } catch {
    // Tried again on the next page: no network, no storage, or a browser that forbids both.
  }
}

async function keepForms(user) {
  const wanted = document.querySelector("[data-unsent-badge]").dataset.forms.split(" ").filter(Boolean);
  const kept = (await meta(`pages ${user}`)) ?? {};
  // Every upgrade that touches a style has another one; the server's own word for the version costs a request.
  const style = document.querySelector("link[rel=stylesheet]").href;
  const isFresh = (path) => kept[path]?.style === style && Date.now() - kept[path].at < DAY_MS;
  const due = wanted.filter((path) => !isFresh(path));
  if (!due.length) return;
  for (const path of due) {
    const response = await fetch(path, { redirect: "error", cache: "no-store" });
    const html = await response.text();
    if (!response.ok || !isForm(html, user)) throw new Error(path);
    await keepPage(user, path, html);
    kept[path] = { style, at: Date.now() };
  }
  await setMeta(`pages ${user}`, kept);
}

/* Not the page of a portal, of a login or of somebody else. */
function isForm(html, user) {
  const page = pageOf(html);
  return page.documentElement.dataset.user === user && Boolean(page.querySelector("form[data-record]"));
}
