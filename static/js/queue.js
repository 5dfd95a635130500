/* Sends what waits. An entry leaves the queue only for an answer of the application that echoes its id and its hash;
   whatever else a network, a portal or a server says keeps it, with the reason. */

import { contentOf, entriesOf, entry, freeze, noteFailure, refuse, remove } from "./store.js";

const TIMEOUT_MS = 30_000;
const SESSION = "/queue/session/";
// What concerns the way and not the entry: the others would meet the same.
const ON_THE_WAY = new Set(["offline", "timeout", "cut", "portal", "redirected", "signed_out", "other_user", "busy", "server"]);

/* Why an entry stays; the words for each code stand in templates/queue/. */
class Kept extends Error {
  constructor(reason, retryAfter = 0) {
    super(reason);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/* One request with its whole answer, or Kept. A redirect is never followed: it leads to a login page or a portal. */
async function answerOf(address, options = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  let response;
  try {
    response = await fetch(address, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      signal: patience.signal,
    });
    return { status: response.status, type: response.type, headers: response.headers, text: await response.text() };
  } catch {
    throw new Kept(patience.signal.aborted ? "timeout" : response ? "cut" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

function asJson(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function reasonOf({ status, type, headers }) {
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) return new Kept("redirected");
  if (status === 401) return new Kept("signed_out");
  if (status === 403) return new Kept("forbidden");
  if (status === 404 || status === 410) return new Kept("missing");
  if (status === 413) return new Kept("too_large");
  if (status === 429) return new Kept("busy", Number(headers.get("Retry-After")) * 1000 || 0);
  if (status >= 500) return new Kept("server");
  return new Kept(status < 300 ? "portal" : "unknown");
}

/* Who is signed in, by the server's word; Kept unless it is `user`. */
export async function session(user) {
  const answer = await answerOf(SESSION);
  const said = answer.status === 200 ? asJson(answer.text) : null;
  if (typeof said?.user !== "string" || typeof said.csrf !== "string") throw reasonOf(answer);
  if (said.user !== user) throw new Kept("other_user");
  return said;
}

/* Sends the frozen text; answers what became of the entry: stored, in_tray or refused. */
async function post(found, { csrf, isUnattended }) {
  const { body, hash } = await contentOf(found);
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-CSRFToken": csrf,
    "X-Content-Hash": hash,
    "X-Sent-At": String(Date.now()),
  };
  if (isUnattended) headers["X-Unattended"] = "1";
  const answer = await answerOf(found.action, { method: "POST", headers, body });
  const said = asJson(answer.text);
  if (said?.client_id !== found.client_id || said.content_hash !== hash) {
    throw answer.status < 300 && said ? new Kept("unknown") : reasonOf(answer);
  }
  if ([200, 201, 409].includes(answer.status)) {
    await remove(found.client_id);
    return { outcome: answer.status === 409 ? "in_tray" : "stored", url: said.url };
  }
  if ([400, 422].includes(answer.status)) {
    const errors = Array.isArray(said.errors) ? said.errors : [];
    await refuse(found, errors);
    return { outcome: "refused", errors, page: said.page };
  }
  throw reasonOf(answer);
}

/* One entry is in one hand: that of the tab that sends it, or of the page on which it is open for correction. */
function inHand(clientId, work, options = {}) {
  if (!navigator.locks) return work(true);
  return navigator.locks.request(`lien-hoan ${clientId}`, options, work);
}

/* Keeps the entry from being sent while a person corrects it; answers how to let go of it. */
export async function hold(clientId) {
  let letGo = () => {};
  const released = new Promise((resolve) => (letGo = resolve));
  await new Promise((taken) => {
    inHand(clientId, () => {
      taken();
      return released;
    });
  });
  return letGo;
}

/* Tries to send one entry; null where another tab has sent it meanwhile. */
async function attempt(clientId, user, { csrf, isUnattended }) {
  try {
    const waiting = await entry(clientId);
    if (!waiting || waiting.user !== user) return null;
    const token = csrf ?? (await session(user)).csrf;
    const frozen = await freeze(clientId);
    return frozen ? await post(frozen, { csrf: token, isUnattended }) : null;
  } catch (error) {
    const { reason, retryAfter } = error instanceof Kept ? error : { reason: "storage", retryAfter: 0 };
    if (reason === "storage") console.error(error);
    await noteFailure(clientId, reason);
    return { outcome: "kept", reason, retryAfter };
  }
}

/* With a person in front, who sees the answer. */
export function send(clientId, user) {
  return inHand(clientId, () => attempt(clientId, user, { isUnattended: false }));
}

/* Everything of the account that may go, oldest first. Refused entries wait for a person, who may also just send them
   again (`withRefused`). One tab drains at a time; null where another one does. */
export function drain(user, { withRefused = false } = {}) {
  if (!navigator.locks) return drainAll(user, withRefused);
  return navigator.locks.request("lien-hoan drain", { ifAvailable: !withRefused }, (lock) =>
    lock ? drainAll(user, withRefused) : null,
  );
}

async function drainAll(user, withRefused) {
  const due = (await entriesOf(user)).filter((one) => withRefused || one.state !== "refused");
  const result = { due: due.length, sent: 0, refused: 0, reason: "", retryAfter: 0 };
  if (!due.length) return result;
  let csrf;
  try {
    ({ csrf } = await session(user));
  } catch (error) {
    if (!(error instanceof Kept)) throw error;
    for (const one of due) if (one.last_error !== error.reason) await noteFailure(one.client_id, error.reason);
    return { ...result, reason: error.reason, retryAfter: error.retryAfter };
  }
  for (const one of due) {
    const found = await inHand(
      one.client_id,
      (lock) => (lock ? attempt(one.client_id, user, { csrf, isUnattended: true }) : null),
      { ifAvailable: true },
    );
    if (!found) continue;
    if (found.outcome === "refused") result.refused += 1;
    else if (found.outcome !== "kept") result.sent += 1;
    else {
      Object.assign(result, { reason: found.reason, retryAfter: found.retryAfter });
      if (ON_THE_WAY.has(found.reason)) break;
    }
  }
  return result;
}

/* When: at the start, when the network or the reader comes back, and on a timer that slows down while it fails. */

const PAUSE_MS = 60_000;
const JITTER_MS = 30_000;
const LONGEST_MS = 600_000;

export function keepSending(user) {
  let timer = 0;
  let failures = 0;
  let isRunning = false;

  function later(wait) {
    clearTimeout(timer);
    const pause = Math.min(LONGEST_MS, Math.max(wait, PAUSE_MS * 2 ** failures));
    timer = setTimeout(run, pause + (2 * Math.random() - 1) * JITTER_MS);
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    let result = null;
    try {
      result = await drain(user);
    } catch {
      result = { reason: "storage", retryAfter: 0 }; // tried again, as any other failure
    }
    isRunning = false;
    failures = result?.reason ? Math.min(failures + 1, 5) : 0;
    later(result?.retryAfter ?? 0);
  }

  function again() {
    failures = 0;
    run();
  }
  addEventListener("online", again);
  addEventListener("pageshow", (event) => event.persisted && again());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  run();
}
