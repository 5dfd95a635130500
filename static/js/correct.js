/* Opens an entry in its form for correction, with or without a network; while it is open, nothing sends it. */

import { fill } from "./fill.js";
import { errorLine, pageOf, part, place, say } from "./place.js";
import { hold } from "./queue.js";
import { holdFor } from "./record_form.js";
import { contentOf, entry, keepPage, storedPage } from "./store.js";

export async function correct(clientId) {
  const letGo = await hold(clientId);
  const found = await entry(clientId);
  const html = found && found.state !== "frozen" && (await formPage(found));
  if (!html) {
    letGo();
    return found && say(part("no-form"));
  }
  const { body, errors } = await contentOf(found);
  const page = pageOf(html);
  const form = page.querySelector("form[data-record]");
  form.setAttribute("action", found.action);
  fill(form, new URLSearchParams(body));
  await place(page);
  holdFor(form, letGo);
  const notice = part("correct");
  notice.querySelector("[data-errors]").replaceChildren(...errors.map(errorLine));
  notice.querySelector("[data-errors]").hidden = !errors.length;
  say(notice, form);
}

async function formPage({ user, action }) {
  const path = new URL(action, location.href).pathname;
  const kept = await storedPage(user, path).catch(() => null);
  if (kept) return kept;
  const response = await fetch(path, { redirect: "error", cache: "no-store" }).catch(() => null);
  const html = response?.ok ? await response.text() : "";
  if (pageOf(html).documentElement.dataset.user !== user) return null;
  await keepPage(user, path, html).catch(() => {});
  return html;
}
