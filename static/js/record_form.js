/* Takes over the saving of a new record: first onto this device, then to the server, in sight of the person. What
   this device cannot keep goes the plain way, as without this script. */

import { askToCorrect, pageOf, part, partsLoaded, place, say, words } from "./place.js";
import { send, session } from "./queue.js";
import { AlreadyFrozen, currentUser, keep, pageUser, tryStorage } from "./store.js";

const busy = new WeakSet();
const opened = new WeakMap(); // forms of entries that are open for correction: how to let go of them

/* The hand on an entry, taken by correct.js when it opens it in this form. */
export const holdFor = (form, letGo) => opened.set(form, letGo);

document.addEventListener("submit", takeOver, true);
const present = document.querySelector("form[data-record]");
if (present) tryStorage(currentUser()).catch((error) => explain(error, present));

async function takeOver(event) {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-record]") || form.enctype !== "application/x-www-form-urlencoded") return;
  if (submitter?.formNoValidate) return needsNetwork(event, form);
  event.preventDefault();
  if (busy.has(form)) return;
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  const sending = briefly("sending");
  (form.querySelector(".form-actions") ?? form).append(sending);
  if (await save(form, submitter)) return; // the next page is on its way: no second tap
  busy.delete(form);
  form.removeAttribute("aria-busy");
  sending.remove();
}

/* The few words that stand on every page, for the moments before the others are loaded. */
function briefly(name) {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.textContent = document.querySelector("[data-unsent-badge]").dataset[name];
  return line;
}

/* A notice of the queue on the form, or `name` briefly. */
async function tell(form, name, fill = () => {}) {
  const notice = await partsLoaded().then(() => part(name), () => briefly("failed"));
  fill(notice);
  say(notice, form);
}

/* "Add a line" and its like ask the server for the page again: without a network that would lose the text. */
function needsNetwork(event, form) {
  if (pageUser() && navigator.onLine) return;
  event.preventDefault();
  tell(form, "needs-network");
}

async function save(form, submitter) {
  const user = currentUser();
  if (!user) return sendPlainly(form, submitter);
  const given = whatIs(form, user);
  try {
    await keep(given, { body: bodyOf(form, submitter), label: labelOf(form) });
  } catch (error) {
    if (!(error instanceof AlreadyFrozen)) return sendPlainly(form, submitter, error);
    await tell(form, "already-frozen");
    return false;
  }
  opened.get(form)?.();
  opened.delete(form);
  navigator.storage?.persist?.();
  return settle(await send(given.client_id, user), given);
}

function whatIs(form, user) {
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  return {
    client_id: form.elements.client_id.value,
    user,
    kind: form.dataset.record,
    slug: address.pathname.split("/")[2],
    action: address.pathname + address.search,
  };
}

/* As the browser itself would send it, but for the token, which is of the moment. */
function bodyOf(form, submitter) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const pairs = Array.from(data, ([name, value]) => [name, value.replace(/\r\n?|\n/g, "\r\n")]);
  return new URLSearchParams(pairs).toString();
}

/* What the list calls the entry: its day, and its route or category. */
function labelOf(form) {
  const { date, occurred_on, start, occurred_at, route, category } = form.elements;
  const day = (date ?? occurred_on)?.value ?? "";
  const chosen = category?.selectedOptions?.[0];
  return {
    day: day.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3/$2/$1"),
    time: ((start ?? occurred_at)?.value ?? "").replace(/^\d{1,2}$/, "$&:00"),
    text: route?.value || (chosen?.value ? chosen.textContent.trim() : ""),
  };
}

async function settle(result, given) {
  const outcome = result?.outcome ?? "stored"; // another tab has just sent it
  if (outcome === "stored" || outcome === "in_tray") {
    location.assign(ownAddress(result?.url) ?? listOf(given));
    return true;
  }
  if (outcome === "refused" && result.page) await placeForm(pageOf(result.page), given);
  else if (outcome === "refused") askToCorrect(given.client_id);
  else await showSaved(result.reason, given);
  return false;
}

const listOf = ({ action, slug, kind }) => `${action.split(slug)[0]}${slug}/${kind}s/`;

function ownAddress(url) {
  const address = typeof url === "string" ? new URL(url, location.origin) : null;
  return address?.origin === location.origin ? address.href : null;
}

async function placeForm(page, { action }) {
  const main = await place(page);
  main.querySelector("form[data-record]")?.setAttribute("action", action);
}

async function showSaved(reason, given) {
  const main = document.querySelector("main");
  const hasParts = await partsLoaded().then(() => true, () => false);
  const saved = hasParts ? part("saved") : briefly("saved");
  main.replaceChildren(saved);
  main.focus();
  scrollTo(0, 0);
  if (!hasParts) return;
  saved.querySelector("[data-why]").textContent = words(reason);
  saved.querySelector("[data-list]").href = listOf(given);
  saved.querySelector("[data-more]").href = given.action;
  await (await import("./unsent.js")).mountAll();
}

/* Neither lost nor silent: the plain way where the server answers, else the text stays on the page. */
async function sendPlainly(form, submitter, error) {
  try {
    await session(pageUser());
  } catch {
    await explain(error, form, "kept-nowhere");
    return false;
  }
  if (submitter?.name) {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(chosen);
  }
  form.submit();
  return true;
}

function explain(error, form, name = "no-storage") {
  return tell(form, name, (notice) => {
    for (const sentence of notice.querySelectorAll("[data-if]")) {
      sentence.hidden = (sentence.dataset.if === "full") !== Boolean(error?.isFull);
    }
  });
}
