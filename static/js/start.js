/* On every signed-in page and on the shell: sends what waits, shows how much it is, keeps the forms for times without
   a signal. In production cluster/storage.py puts the modules that this one names into one file with it. */

import { watchBadge } from "./badge.js";
import { ask, pageOf, partsLoaded } from "./place.js";
import { keepSending } from "./queue.js";
import "./record_form.js";
import { entriesOf, forget, keepPage, meta, pageUser, remember, setMeta } from "./store.js";

const QUIET_MS = 1500; // the page itself comes first on a thin line
const DAY_MS = 24 * 3_600_000;

const user = pageUser();
const html = document.documentElement;
let remembered;
// As the server sent it: this runs before the scripts of the form.
const ownForm = blankForm() && asText("title") + asText("main");

document.addEventListener("correct", (event) => import("./correct.js").then(({ correct }) => correct(event.detail)));
document.addEventListener("submit", signOut, true);
if (user) begin();
else import("./offline.js").then(({ showShell }) => showShell());

function begin() {
  remembered = remember(user).catch(() => {}); // the form itself says what cannot be kept
  watchBadge();
  keepSending(user);
  if (document.querySelector("[data-unsent-list]")) import("./unsent.js").then(({ mountAll }) => mountAll());
  if (document.readyState === "complete") prepareSoon();
  else addEventListener("load", prepareSoon);
}

function prepareSoon() {
  setTimeout(() => prepare().catch(() => {}), QUIET_MS); // what fails is tried again on the next page
}

async function prepare() {
  const worker = navigator.serviceWorker?.register("/sw.js").then(() => navigator.serviceWorker.ready);
  await Promise.all([worker, keepForms(), remembered]);
  html.dataset.offline = "ready";
  if (document.querySelector("[data-record]")) await partsLoaded();
}

/* The forms as the server has them: once a day, and after an upgrade. */

async function keepForms() {
  const wanted = document.querySelector("[data-unsent-badge]").dataset.forms.split(" ").filter(Boolean);
  const kept = (await meta(`pages ${user}`)) ?? {};
  // Every upgrade that touches a style has another one; the server's own word for the version costs a request.
  const style = document.querySelector("link[rel=stylesheet]").href;
  const isFresh = (path) => kept[path]?.style === style && Date.now() - kept[path].at < DAY_MS;
  for (const path of wanted.filter((path) => !isFresh(path))) {
    const page = ownForm && path === location.pathname ? ownForm : await formAt(path);
    await keepPage(user, path, page);
    kept[path] = { style, at: Date.now() };
  }
  await setMeta(`pages ${user}`, kept);
}

function asText(name) {
  return new XMLSerializer().serializeToString(document.querySelector(name));
}

/* The form of this page, if nobody has filled it and nothing in the address has. */
function blankForm() {
  return location.search ? null : document.querySelector("form[data-record][data-blank]");
}

/* Not the page of a portal, of a login or of somebody else. */
async function formAt(path) {
  const response = await fetch(path, { redirect: "error", cache: "no-store", headers: { "X-Content-Only": "1" } });
  const text = await response.text();
  const page = pageOf(text);
  const isOurs = response.ok && page.documentElement.dataset.user === user && page.querySelector("form[data-record]");
  if (!isOurs) throw new Error(path);
  return text;
}

/* What is not sent yet stays on the device, and its account is told; the rest of it goes. */
async function signOut(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault();
  const waiting = await entriesOf(user).catch(() => []);
  if (waiting.length && !(await leavesThem(waiting.length))) return;
  await remember("").catch(() => {});
  await forget(user).catch(() => {});
  form.submit();
}

async function leavesThem(number) {
  await partsLoaded();
  return ask("sign-out", (dialog) => (dialog.querySelector("[data-number]").textContent = number));
}
