/* The patrol form, easier: more lines without a round trip, the total, the hours in words, names by a tap. Without
   this script the same form works; the server decides everything again. */

/* The form of the page; enhance() sets them anew when another form takes its place without a new page. */
let form, lines, blank, span, hint;
const MOST_LINES = 40;
const FEW_OFFICERS = 8;

/* Hours: "21h30", "2130" and "21 giờ 30" are all 21:30, as the server reads them. */

function minutesOf(text) {
  const clock = text.trim().toLowerCase().normalize("NFC");
  const parts =
    /^(\d{1,2})\s*(?:h|g|giờ)\s*(?:(\d{1,2})\s*(?:p|ph|phút)?)?$/.exec(clock) ??
    /^(\d{1,2})\s*[:.]\s*(\d{2})(?::00)?$/.exec(clock) ??
    /^(\d{1,2})(\d{2})?$/.exec(clock);
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

const twoDigits = (number) => String(number).padStart(2, "0");
const asClock = (minutes) => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
const asIso = (day) => `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;

function daysLater(iso, days) {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(year, month - 1, day + days);
}

function showSpan() {
  const start = minutesOf(form.elements.start.value);
  const end = minutesOf(form.elements.end.value.replace(/^\s*24(?=\D|00|$)/, "00"));
  const isKnown = start !== null && end !== null;
  span.toggleAttribute("data-known", isKnown);
  if (!isKnown) return (span.textContent = hint);
  const isLater = end <= start;
  const length = end - start + (isLater ? 24 * 60 : 0);
  const date = form.elements.date.value;
  const last = isLater && date ? daysLater(date, 1) : null;
  const day = last ? ` ${span.dataset.laterDay.replace("DATE", `${twoDigits(last.getDate())}/${twoDigits(last.getMonth() + 1)}`)}` : "";
  const hours = length >= 60 ? span.dataset.hours.replace("HOURS", Math.floor(length / 60)) : "";
  const minutes = length % 60 ? span.dataset.minutes.replace("MINUTES", length % 60) : "";
  span.textContent = `${asClock(start)} → ${asClock(end)}${day} · ${[hours, minutes].filter(Boolean).join(" ")}`;
}

/* The date: after a night shift it is mostly yesterday. */

function addQuickDays() {
  const row = document.createElement("div");
  row.className = "row patrol-quick";
  for (const [days, label] of [[-1, form.dataset.yesterday], [0, form.dataset.today]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = label;
    button.addEventListener("click", () => {
      form.elements.date.value = asIso(daysLater(form.dataset.day, days));
      form.elements.date.dispatchEvent(new Event("input", { bubbles: true }));
    });
    row.append(button);
  }
  form.elements.date.after(row);
  showChosenDay();
}

function showChosenDay() {
  const chips = form.querySelectorAll(".patrol-quick .chip");
  chips.forEach((chip, place) => {
    const day = asIso(daysLater(form.dataset.day, place - 1));
    chip.setAttribute("aria-pressed", String(form.elements.date.value === day));
  });
}

/* Lines */

const allLines = () => [...lines.querySelectorAll("[data-line]")];

function showTotal() {
  const counts = allLines().map((line) => line.querySelector("[data-headcount]").value.trim());
  const known = counts.filter((text) => /^\d{1,6}$/.test(text)).map(Number);
  form.querySelector("[data-total]").textContent = known.reduce((sum, number) => sum + number, 0);
}

function renumber() {
  allLines().forEach((line, place) => {
    const number = line.querySelector("[data-number]");
    if (number) number.textContent = place + 1;
  });
  form.querySelector("[data-add-line]").disabled = allLines().length >= MOST_LINES;
}

function addLine() {
  const taken = allLines().map((line) => Number(/line-(\d+)/.exec(line.querySelector("[name]").name)[1]));
  const prefix = `line-${Math.max(-1, ...taken) + 1}`;
  const line = blank.content.firstElementChild.cloneNode(true);
  for (const element of line.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace("line-999", prefix));
    }
  }
  lines.append(line);
  prepare(line);
  renumber();
  return line;
}

function removeLine(line) {
  const next = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  renumber();
  showTotal();
  (next?.querySelector("select, input:not([type=hidden])") ?? form.querySelector("[data-add-line]")).focus();
}

/* As the last time: what the link holds is filled in here, so that it works without a network as well. */

function fillLike(event) {
  const link = event.target.closest("[data-like]");
  if (!link) return;
  event.preventDefault();
  const { lines: rows, communes, note, ...values } = JSON.parse(link.dataset.like);
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  for (const box of form.querySelectorAll("[name=communes]")) box.checked = communes.includes(Number(box.value));
  allLines().forEach((line) => line.remove());
  for (const row of rows) {
    const line = addLine();
    ["unit", "force", "headcount"].forEach((name, place) => {
      line.querySelector(`[name$="-${name}"]`).value = row[place];
    });
    showOfficers(line);
  }
  form.querySelector("[data-like][aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  form.querySelector("[data-like-note]").textContent = note;
  form.elements.date.focus();
  form.elements.date.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Names: the officers of the chosen unit, as the list of shift leaders has them, each by a tap. */

const namesIn = (text) => text.split(/[;,]/).map((name) => name.trim()).filter(Boolean);

function officersOf(select) {
  const group = select.value && form.elements.shift_leader.querySelector(`optgroup[data-key="${CSS.escape(select.value)}"]`);
  return group ? [...group.children].map((option) => option.textContent) : [];
}

function showOfficers(line) {
  const row = line.querySelector("[data-officers]");
  const names = line.querySelector("[data-names]");
  const known = officersOf(line.querySelector("[data-unit]"));
  row.replaceChildren(...known.map((name) => officerChip(name, names)));
  if (known.length > FEW_OFFICERS) row.prepend(officerFinder(line));
  row.hidden = !known.length;
  showNamed(line);
}

/* Of many officers those whose name holds the text, whatever its marks: "thuy" finds "Thủy". */

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();

function officerFinder(line) {
  const finder = document.createElement("input");
  finder.type = "search";
  finder.autocomplete = "off";
  finder.placeholder = form.dataset.find;
  finder.setAttribute("aria-label", form.dataset.find);
  finder.dataset.finder = "";
  finder.addEventListener("input", () => showNamed(line));
  finder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would send the form
    if (finder.value) line.querySelector("[data-officers] .chip:not([hidden], [aria-pressed=true])")?.click();
    finder.value = "";
    showNamed(line);
  });
  return finder;
}

function officerChip(name, input) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.textContent = name;
  chip.addEventListener("click", () => {
    const named = namesIn(input.value);
    const others = named.filter((other) => other !== name);
    input.value = (others.length < named.length ? others : [...named, name]).join("; ");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return chip;
}

function showNamed(line) {
  const named = namesIn(line.querySelector("[data-names]").value);
  const finder = line.querySelector("[data-finder]");
  const wanted = folded(finder?.value ?? "");
  let room = finder && !wanted ? FEW_OFFICERS : Infinity;
  for (const chip of line.querySelectorAll("[data-officers] .chip")) {
    const isNamed = named.includes(chip.textContent);
    chip.setAttribute("aria-pressed", String(isNamed));
    chip.hidden = !isNamed && (!folded(chip.textContent).includes(wanted) || room-- <= 0);
  }
}

/* One line made ready */

function prepare(line) {
  const remove = line.querySelector("[data-remove-line]");
  if (!remove) return;
  remove.hidden = false;
  remove.addEventListener("click", () => removeLine(line));
  line.querySelector("[data-unit]").addEventListener("change", () => showOfficers(line));
  line.querySelector("[data-names]").addEventListener("input", () => showNamed(line));
  showOfficers(line);
}

/* A unit is chosen or written: one empties the other. */

function keepOneUnit(event) {
  const box = event.target.closest(".patrol-unit");
  if (!box) return;
  const [select, text] = [box.querySelector("select"), box.querySelector("input")];
  if (event.target === text && text.value && select.value) {
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (event.target === select && select.value) {
    text.value = "";
  }
}

/* The reason of what was put off is asked for only then. */

function showReasons() {
  for (const box of form.querySelectorAll("[data-reason-of]")) {
    box.hidden = !box.dataset.reasonOf.split(" ").includes(form.elements.status.value);
  }
}

export function enhance(found) {
  form = found;
  lines = form.querySelector("[data-lines]");
  blank = form.querySelector("[data-line-template]");
  span = form.querySelector("[data-span]");
  hint = span.textContent;
  form.addEventListener("input", (event) => {
    keepOneUnit(event);
    showTotal();
    showSpan();
    showChosenDay();
    showReasons();
  });
  form.addEventListener("click", fillLike);
  const add = form.querySelector("[data-add-line]");
  add.type = "button";
  add.addEventListener("click", () => addLine().querySelector("select").focus());
  allLines().forEach(prepare);
  addQuickDays();
  renumber();
  showTotal();
  showSpan();
  showReasons();
}

/* The form of the page itself; the queue calls enhance() for the one it puts in place (static/js/place.js). */
const here = document.querySelector("[data-patrol-form]");
if (here) enhance(here);
