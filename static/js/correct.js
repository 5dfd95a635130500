/* Opens an entry in its form for correction, with or without a network; while it is open, nothing sends it. */

import { errorLine, pageOf, part, partsLoaded, place, say } from "./place.js";
import { hold } from "./queue.js";
import { holdFor } from "./record_form.js";
import { contentOf, entry, keepPage, storedPage } from "./store.js";

export async function correct(clientId) {
  await partsLoaded();
  const letGo = await hold(clientId);
  const found = await entry(clientId);
  const html = found && found.state !== "frozen" && (await formPage(found));
  if (!html) {
    letGo();
    return found && say(part("no-form"));
  }
  const { body, errors } = await contentOf(found);
  const page = pageOf(html);
  const form = page.querySelector("form[data-record]");
  form.setAttribute("action", found.action);
  fill(form, new URLSearchParams(body));
  await place(page);
  holdFor(form, letGo);
  const notice = part("correct");
  notice.querySelector("[data-errors]").replaceChildren(...errors.map(errorLine));
  notice.querySelector("[data-errors]").hidden = !errors.length;
  say(notice, form);
}

async function formPage({ user, action }) {
  const path = new URL(action, location.href).pathname;
  const kept = await storedPage(user, path).catch(() => null);
  if (kept) return kept;
  const response = await fetch(path, { redirect: "error", cache: "no-store", headers: { "X-Content-Only": "1" } }).catch(() => null);
  const html = response?.ok ? await response.text() : "";
  if (pageOf(html).documentElement.dataset.user !== user) return null;
  await keepPage(user, path, html).catch(() => {});
  return html;
}

/* Puts the text back, before any script of the form runs. */

function fill(form, values) {
  fitLines(form, values);
  for (const box of form.querySelectorAll("[type=checkbox], [type=radio]")) box.checked = false;
  for (const name of new Set(values.keys())) fillOne(form, name, values.getAll(name));
  for (const fold of form.querySelectorAll("details")) fold.open ||= hasText(fold);
}

/* As many lines as the text has, under its numbers. */
function fitLines(form, values) {
  const lines = form.querySelector("[data-lines]");
  const blank = form.querySelector("[data-line-template]");
  if (!lines || !blank) return;
  const numbers = new Set([...values.keys()].map((name) => /^line-(\d+)-/.exec(name)?.[1]).filter(Boolean));
  for (const line of lines.querySelectorAll("[data-line]")) {
    const number = /^line-(\d+)-/.exec(line.querySelector("[name]").name)[1];
    if (!numbers.delete(number)) line.remove();
  }
  for (const number of numbers) lines.append(numbered(blank.content.firstElementChild, number));
}

function numbered(blank, number) {
  const line = blank.cloneNode(true);
  for (const element of [line, ...line.querySelectorAll("*")]) {
    for (const { name, value } of element.attributes) {
      if (value.includes("line-999")) element.setAttribute(name, value.replaceAll("line-999", `line-${number}`));
    }
  }
  return line;
}

/* What the form has no field for, such as an answer to a question, stays in it unseen. */
function fillOne(form, name, values) {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  if (!fields.length) return form.append(...values.map((value) => hidden(form, name, value)));
  for (const field of fields) {
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0];
  }
}

function hidden(form, name, value) {
  const input = form.ownerDocument.createElement("input");
  return Object.assign(input, { type: "hidden", name, value });
}

function hasText(fold) {
  const texts = fold.querySelectorAll("input:not([type=checkbox], [type=radio], [type=hidden]), textarea");
  return Array.from(texts).some((field) => field.value);
}
