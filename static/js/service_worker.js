/* The service worker: without a network a page is stood in for by the shell, which holds nothing of a user. It keeps
   the files that /sw.js names and nothing else: no page, no answer. Sending is the business of the pages. */

const { version, shell, statics, files } = self.lienHoan;
const PREFIX = "lien-hoan-";
const CACHE = PREFIX + version;
/* Where somebody in the field begins. There a line as slow as this, or a server that is down, counts as none. */
const IN_THE_FIELD = /^\/(clusters\/[^/]+\/(patrols\/(new\/)?|incidents\/new\/))?$/;
const PATIENCE_MS = 5000;
const SERVER_IS_DOWN = [502, 503, 504];
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith(statics)) event.respondWith(file(request, pathname));
});

/* All or nothing. What is named by its content may come from the browser's cache: the page has just loaded most of it,
   and the integrity says that it is whole. */
async function install() {
  const wanted = files.map(({ url, integrity }) => {
    const cache = NAMED_BY_CONTENT.test(url) ? "default" : "reload";
    return new Request(url, { cache, redirect: "error", integrity });
  });
  try {
    await (await caches.open(CACHE)).addAll(wanted);
  } catch (failure) {
    await caches.delete(CACHE);
    throw failure;
  }
  await self.skipWaiting();
}

/* The files of the version before this one stay: a page of it may still be open and load a part late. */
async function activate() {
  await self.clients.claim();
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

/* Every page of ours bears the policy; that of a captive portal does not, and would stand where the form should. */
function isOurs(response) {
  if (response.type === "opaqueredirect") return true;
  return !SERVER_IS_DOWN.includes(response.status) && response.headers.has("Content-Security-Policy");
}

async function page(request, path) {
  const standIn = await caches.match(shell, { cacheName: CACHE, ignoreVary: true });
  const answer = fetch(request);
  if (!standIn) return answer;
  if (!IN_THE_FIELD.test(path)) return answer.catch(() => standIn);
  const good = answer.then((response) => (isOurs(response) ? response : standIn));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, standIn));
  return Promise.race([good.catch(() => standIn), late]);
}

async function file(request, path) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && NAMED_BY_CONTENT.test(path)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}
