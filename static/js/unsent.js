/* The list of unsent entries: what each is, how old, why it waits; to send, to correct, to discard. */

import { ageInWords, isOld } from "./badge.js";
import { ask, askToCorrect, errorLine, part, partsLoaded, words } from "./place.js";
import { drain } from "./queue.js";
import { contentOf, countOfOthers, currentUser, entriesOf, onChange, remove } from "./store.js";

const MINUTE_MS = 60_000;

/* Lists wherever the page has room for one. */
export async function mountAll() {
  await partsLoaded();
  for (const host of document.querySelectorAll("[data-unsent-list]:empty")) await mount(host);
}

async function mount(host) {
  const list = part("list");
  host.append(list);
  const status = list.querySelector("[role=status]");
  const show = () => showEntries(list).catch((error) => (status.textContent = `${words("storage")} ${error.message}`));
  list.querySelector("[data-send-now]").addEventListener("click", (event) => sendNow(event.target, status));
  for (const name of ["save", "open"]) {
    const button = list.querySelector(`[data-rescue=${name}]`);
    button.addEventListener("click", () => rescue(name, status).catch((error) => (status.textContent = error.message)));
  }
  onChange(show);
  setInterval(show, MINUTE_MS);
  await show();
}

async function rescue(name, status) {
  const how = await import("./rescue.js");
  const said = await (name === "save" ? how.saveFile(currentUser()) : how.openFile(currentUser()));
  if (said) status.textContent = said;
}

async function showEntries(list) {
  const user = currentUser();
  const turn = (list.turn = (list.turn ?? 0) + 1);
  const [own, others] = [await entriesOf(user), await countOfOthers(user)];
  const items = await Promise.all(own.map(itemOf));
  if (turn !== list.turn) return; // a later look knows better
  list.querySelector("[data-items]").replaceChildren(...items);
  list.querySelector("[data-others]").hidden = !others;
  list.querySelector("[data-others-number]").textContent = others;
  list.querySelector("[data-empty]").hidden = own.length > 0;
  list.querySelector("[data-send-now]").hidden = !own.length;
  list.querySelector("[data-rescue=save]").hidden = !own.length;
  // Where there was something to see, what became of it stays in sight.
  if (own.length || others || list.parentElement.dataset.unsentList === "always") list.hidden = false;
}

async function itemOf(found) {
  const item = part("item");
  Object.assign(item.dataset, { unsent: found.client_id, state: found.state });
  const { label, errors } = await contentOf(found).catch(() => ({ label: null, errors: [] }));
  item.querySelector("[data-label]").textContent = label
    ? [`${label.day} ${label.time}`.trim(), label.text].filter(Boolean).join(" · ")
    : words("storage");
  item.querySelector("[data-kind]").textContent = words(found.kind);
  item.querySelector("[data-age]").textContent = ageInWords(found.created_at);
  item.querySelector("[data-age]").classList.toggle("is-old", isOld(found.created_at));
  item.querySelector("[data-badge-refused]").hidden = found.state !== "refused";
  item.querySelector("[data-badge-waiting]").hidden = found.state === "refused";
  item.querySelector("[data-why]").textContent = words(found.state === "refused" ? "refused" : found.last_error || "new");
  item.querySelector("[data-errors]").replaceChildren(...errors.map(errorLine));
  const correct = item.querySelector("[data-open]");
  correct.hidden = found.state === "frozen" || !label;
  correct.addEventListener("click", () => askToCorrect(found.client_id));
  item.querySelector("[data-frozen]").hidden = found.state !== "frozen";
  item.querySelector("[data-discard]").addEventListener("click", () => discard(found, item));
  return item;
}

async function sendNow(button, status) {
  button.disabled = true;
  status.textContent = words("sending");
  const result = await drain(currentUser(), { withRefused: true });
  status.textContent = [
    result.sent ? words("sent").replace("NUMBER", result.sent) : "",
    result.refused ? words("refused") : "",
    result.reason ? words(result.reason) : "",
  ].join(" ");
  button.disabled = false;
}

async function discard(found, item) {
  const answer = await ask("discard", (dialog) => {
    dialog.querySelector("[data-label]").textContent = item.querySelector("[data-label]").textContent;
  });
  if (answer) await remove(found.client_id);
}
