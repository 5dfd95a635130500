/* Puts the text of an entry back into its form, before any script of the form runs. */

export function fill(form, values) {
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
