/* The rescue file: the unsent entries of an account under a passphrase, to take them to another device or through a
   loss of this one. Read back, an entry that is here already stays as it is, and the server knows one it has. */

import { ask, words } from "./place.js";
import { contentOf, entriesOf, takeBack } from "./store.js";

const FORMAT = "lien-hoan-rescue-1";
const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;
const SHORTEST = 12;

const bytes = (text) => new TextEncoder().encode(text);
const asText = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const fromText = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function keyOf(passphrase, salt, iterations) {
  const raw = await crypto.subtle.importKey("raw", bytes(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/* Answers the sentence that says what became of it; null where the person put it off. */
export async function saveFile(user) {
  const answer = await ask("rescue-save", (dialog) => {
    const [first, second] = dialog.querySelectorAll("input");
    first.minLength = SHORTEST;
    const compare = () => second.setCustomValidity(first.value === second.value ? "" : second.dataset.differs);
    for (const input of [first, second]) input.addEventListener("input", compare);
  });
  if (!answer) return null;
  const entries = [];
  for (const found of await entriesOf(user)) {
    const { iv, data, user: owner, ...rest } = found;
    entries.push({ ...rest, content: await contentOf(found) });
  }
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const key = await keyOf(answer.get("passphrase"), salt, ITERATIONS);
  const how = { name: "AES-GCM", iv, additionalData: bytes(`${FORMAT} ${user}`) };
  const data = await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(entries)));
  const file = { format: FORMAT, user, iterations: ITERATIONS, salt: asText(salt), iv: asText(iv), data: asText(data) };
  download(JSON.stringify(file), `lien-hoan-${new Date().toISOString().slice(0, 10)}.json`);
  return words("rescue-saved").replace("NUMBER", entries.length);
}

function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function openFile(user) {
  const answer = await ask("rescue-open");
  if (!answer) return null;
  let file;
  try {
    file = JSON.parse(await answer.get("file").text());
  } catch {
    return words("rescue-strange");
  }
  if (file?.format !== FORMAT || !(file.iterations <= MOST_ITERATIONS)) return words("rescue-strange");
  if (file.user !== user) return words("rescue-other");
  let entries;
  try {
    const key = await keyOf(answer.get("passphrase"), fromText(file.salt), file.iterations);
    const how = { name: "AES-GCM", iv: fromText(file.iv), additionalData: bytes(`${FORMAT} ${user}`) };
    entries = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, fromText(file.data))));
  } catch {
    return words("rescue-closed");
  }
  const fresh = await takeBack(user, entries.filter(isEntry));
  return words("rescue-opened").replace("NUMBER", fresh).replace("TOTAL", entries.length);
}

const isEntry = ({ client_id, action, content }) =>
  typeof client_id === "string" && /^\/clusters\/[\w-]+\//.test(action) && typeof content?.body === "string";
