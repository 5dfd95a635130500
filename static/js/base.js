/* On every page. Without it all still works: dropdowns close by their own button, and a form sent twice is met by
   the server. */

function closeDropdowns(except) {
  for (const dropdown of document.querySelectorAll("details[data-dropdown][open]")) {
    if (dropdown !== except) dropdown.open = false;
  }
}

document.addEventListener("click", (event) => closeDropdowns(event.target.closest("details[data-dropdown]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details[data-dropdown][open]");
  closeDropdowns(null);
  open?.querySelector("summary").focus();
});

/* A slow line invites a second tap: while a form is on its way, it is not sent again. */
const onTheirWay = new WeakSet();
const PATIENCE_MS = 15_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (onTheirWay.has(form)) return event.preventDefault();
  onTheirWay.add(form);
  setTimeout(() => onTheirWay.delete(form), PATIENCE_MS);
});
