/* What waits on this device: entries and pages, encrypted under a key of their account that no script can read out.
   Everything that fails here fails as StorageFailed, so that a page can say plainly that it cannot keep anything. */

const NAME = "lien-hoan";
const VERSION = 1;
const STORES = ["keys", "entries", "pages", "meta"];

export class StorageFailed extends Error {
  constructor(cause) {
    super(String(cause), { cause });
    this.isFull = cause?.name === "QuotaExceededError";
  }
}

/* The entry was tried before: what the server may hold already is not changed behind its back. */
export class AlreadyFrozen extends Error {}

/* Whose device this is just now: a signed-in page says it, the shell remembers it. */

const REMEMBERED = `${NAME}-user`;

export const pageUser = () => document.documentElement.dataset.user ?? "";

export function currentUser() {
  if (pageUser()) return pageUser();
  try {
    return localStorage.getItem(REMEMBERED) ?? "";
  } catch {
    return ""; // storage is blocked: nothing is kept here either
  }
}

function note(user) {
  try {
    if (user) localStorage.setItem(REMEMBERED, user);
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // without storage nobody asks later
  }
}

/* In the database too: localStorage reaches the disk seconds later, and after a browser that was killed in between
   the shell would open for nobody, or for whoever was here before. */
export async function remember(user) {
  note(user);
  if ((await meta("user")) !== user) await setMeta("user", user);
}

/* Whom the shell is for, by the database. */
export async function recalled() {
  const known = await meta("user").catch(() => undefined);
  if (known !== undefined) note(known);
  return currentUser();
}

/* The database */

let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const missing = STORES.filter((name) => !request.result.objectStoreNames.contains(name));
      for (const name of missing) request.result.createObjectStore(name);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => (opening = null);
      database.onversionchange = () => {
        database.close(); // a newer version of the application, in another tab, changes the stores
        opening = null;
      };
      resolve(database);
    };
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/* Runs `work` on the stores in one transaction; its answer is read when the transaction has reached the disk. */
async function inTransaction(mode, names, work) {
  let database;
  try {
    database = await open();
  } catch (error) {
    throw new StorageFailed(error);
  }
  return new Promise((resolve, reject) => {
    let answer, thrown;
    const transaction = database.transaction(names, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve(answer?.());
    transaction.onabort = () => reject(thrown instanceof AlreadyFrozen ? thrown : new StorageFailed(thrown ?? transaction.error));
    const stores = names.map((name) => transaction.objectStore(name));
    const fail = (error) => {
      thrown = error;
      transaction.abort();
    };
    try {
      answer = work(...stores, fail);
    } catch (error) {
      fail(error);
    }
  });
}

const reading = (name, work) =>
  inTransaction("readonly", [name], (store) => {
    const request = work(store);
    return () => request.result;
  });

/* Keys: made at first need, forgotten when the account has signed out and nothing waits. */

const bytes = (text) => new TextEncoder().encode(text);
const keyOf = (user) => reading("keys", (keys) => keys.get(user));

async function keyFor(user) {
  const known = await keyOf(user);
  if (known) return known;
  if (!globalThis.crypto?.subtle) throw new StorageFailed("no secure context");
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return inTransaction("readwrite", ["keys"], (keys) => {
    let chosen = fresh;
    const request = keys.get(user);
    request.onsuccess = () => {
      if (request.result) chosen = request.result; // another tab was faster
      else keys.put(fresh, user);
    };
    return () => chosen;
  });
}

/* The name of the thing is bound to its text: nobody can put one entry's text under another's name. */
async function locked(user, name, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytes(`${user} ${name}`) };
  return { iv, data: await crypto.subtle.encrypt(how, await keyFor(user), bytes(JSON.stringify(content))) };
}

async function unlocked(user, name, { iv, data }) {
  const key = await keyOf(user);
  if (!key) throw new StorageFailed("no key");
  const how = { name: "AES-GCM", iv, additionalData: bytes(`${user} ${name}`) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, data)));
}

export async function hashOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Whether this device can keep anything for the account; StorageFailed if not. */
export async function tryStorage(user) {
  await keyFor(user);
  await setMeta("tried", Date.now());
}

/* Entries */

const all = () => reading("entries", (entries) => entries.getAll());
export const entry = (clientId) => reading("entries", (entries) => entries.get(clientId));
export const contentOf = (found) => unlocked(found.user, found.client_id, found);

export async function entriesOf(user) {
  const own = (await all()).filter((one) => one.user === user);
  return own.sort((one, other) => one.created_at - other.created_at);
}

export async function countOfOthers(user) {
  return (await all()).filter((one) => one.user !== user).length;
}

/* Replaces the entry by what `change` makes of it, unless it is gone; null leaves it as it is. */
function changed(clientId, change) {
  return inTransaction("readwrite", ["entries"], (entries, fail) => {
    let now;
    const request = entries.get(clientId);
    request.onsuccess = () => {
      try {
        now = change(request.result);
      } catch (error) {
        return fail(error);
      }
      if (now) entries.put(now, clientId);
    };
    return () => now;
  });
}

/* Writes an entry, or the corrected text of one that is open, and reads it back: only then is it kept.
   `given`: client_id, user, kind, slug, action. */
export async function keep(given, { body, label }) {
  const content = { body, hash: await hashOf(body), label, errors: [] };
  const cipher = await locked(given.user, given.client_id, content);
  await changed(given.client_id, (before) => {
    if (before && (before.state === "frozen" || before.user !== given.user)) throw new AlreadyFrozen();
    const { created_at = Date.now(), attempts = 0 } = before ?? {};
    return { ...given, ...cipher, created_at, attempts, state: "open", last_error: "" };
  });
  // A sign-out in another tab may have taken the key between the two.
  const read = await contentOf(await entry(given.client_id)).catch((error) => ({ error }));
  if (read.hash !== content.hash) throw new StorageFailed(read.error);
  announce();
}

/* From the first attempt on the text stays as it is, until the server itself opens it again. */
export function freeze(clientId) {
  return changed(clientId, (now) => now && { ...now, state: "frozen", attempts: now.attempts + 1, tried_at: Date.now() });
}

export async function noteFailure(clientId, reason) {
  await changed(clientId, (now) => now && { ...now, last_error: reason });
  announce();
}

/* The server has read the text and refused it: the entry is open for correction under its id. */
export async function refuse(found, errors) {
  const content = await contentOf(found);
  const cipher = await locked(found.user, found.client_id, { ...content, errors });
  await changed(found.client_id, (now) => now && { ...now, ...cipher, state: "refused", last_error: "refused" });
  announce();
}

export async function remove(clientId) {
  await inTransaction("readwrite", ["entries"], (entries) => void entries.delete(clientId));
  announce();
}

/* Entries of a rescue file; those that are here already stay as they are. Answers how many were new. */
export async function takeBack(user, rescued) {
  let fresh = 0;
  for (const { content, ...rest } of rescued) {
    const cipher = await locked(user, rest.client_id, content);
    await changed(rest.client_id, (now) => {
      if (now) return null;
      fresh += 1;
      return { ...rest, ...cipher, user };
    });
  }
  announce();
  return fresh;
}

/* Pages of the forms, for the times without a signal */

const pageKey = (user, path) => `${user} ${path}`;

export async function keepPage(user, path, html) {
  const page = await locked(user, path, { html });
  await inTransaction("readwrite", ["pages"], (pages) => void pages.put(page, pageKey(user, path)));
}

export async function storedPage(user, path) {
  const page = await reading("pages", (pages) => pages.get(pageKey(user, path)));
  return page ? (await unlocked(user, path, page)).html : null;
}

export async function storedPaths(user) {
  const keys = await reading("pages", (pages) => pages.getAllKeys());
  return keys.filter((key) => key.startsWith(`${user} `)).map((key) => key.slice(user.length + 1));
}

export const meta = (name) => reading("meta", (store) => store.get(name));
export const setMeta = (name, value) => inTransaction("readwrite", ["meta"], (store) => void store.put(value, name));

/* After signing out: forgets key and pages of an account with nothing left to send. Answers how many entries stay. */
export function forget(user) {
  return inTransaction("readwrite", ["entries", "keys", "pages", "meta"], (entries, keys, pages, store) => {
    let waiting;
    const request = entries.getAll();
    request.onsuccess = () => {
      waiting = request.result.filter((one) => one.user === user).length;
      if (waiting) return;
      keys.delete(user);
      store.delete(`pages ${user}`);
      pages.delete(IDBKeyRange.bound(`${user} `, `${user} \uffff`));
    };
    return () => waiting;
  });
}

/* Other tabs and the badge hear of every change. */

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
const listeners = new Set();
const tell = () => listeners.forEach((listener) => listener());
if (channel) channel.onmessage = tell;

function announce() {
  tell();
  channel?.postMessage("changed");
}

export const onChange = (listener) => listeners.add(listener);
