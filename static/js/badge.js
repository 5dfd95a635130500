/* The number of unsent entries and the age of the oldest, in the bar of every page; a warning when they grow old. */

import { part, partsLoaded } from "./place.js";
import { currentUser, entriesOf, onChange } from "./store.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* "5 phút", "3 giờ", "2 ngày": the words stand on the badge. */
export function ageInWords(since) {
  const { minutes, hours, days } = document.querySelector("[data-unsent-badge]").dataset;
  const age = Math.max(0, Date.now() - since);
  const [words, size] = age < HOUR ? [minutes, MINUTE] : age < 2 * DAY ? [hours, HOUR] : [days, DAY];
  return words.replace("NUMBER", Math.floor(age / size));
}

export const isOld = (since) => Date.now() - since >= DAY;
const isVeryOld = (since) => Date.now() - since >= 3 * DAY;

async function show() {
  const badge = document.querySelector("[data-unsent-badge]");
  if (!badge) return;
  const own = await entriesOf(currentUser());
  const oldest = own[0]?.created_at;
  badge.hidden = !own.length;
  badge.querySelector("[data-unsent-count]").textContent = own.length;
  badge.querySelector("[data-unsent-age]").textContent = own.length ? ageInWords(oldest) : "";
  badge.classList.toggle("is-old", own.length > 0 && isOld(oldest));
  await warn(own.length && isOld(oldest) ? (isVeryOld(oldest) ? "very-old" : "old") : "");
}

async function warn(name) {
  const present = document.querySelector("[data-unsent-warning]");
  if ((present?.dataset.part ?? "") === name) return;
  present?.remove();
  if (!name) return;
  await partsLoaded();
  document.querySelector("[data-unsent-warning]")?.remove(); // of a look that was faster
  document.querySelector("main").before(part(name));
}

/* Where storage is blocked there is nothing to count; the forms say so. */
const showIfPossible = () => show().catch(() => {});

export function watchBadge() {
  onChange(showIfPossible);
  setInterval(showIfPossible, MINUTE);
  return showIfPossible();
}
