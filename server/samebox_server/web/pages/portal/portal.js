// The live preview: the server reads and draws what is being written, as it will draw the article.
"use strict";

const PAUSE = 250; // milliseconds without a key before the server is asked

function preview(form) {
  const target = form.querySelector("#preview");
  let timer = 0;
  let asked = 0;
  let changed = false;

  async function ask() {
    const mine = ++asked;
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
      });
      const html = await answer.text();
      if (mine !== asked) return; // a newer one is under way
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      show(html);
    } catch {
      if (mine === asked) {
        say("The server does not answer. What you wrote is still here; it is shown again once the server is back.");
      }
    } finally {
      if (mine === asked) target.setAttribute("aria-busy", "false");
    }
  }

  function say(words) {
    const line = document.createElement("p");
    line.className = "quiet";
    line.textContent = words;
    target.replaceChildren(line);
  }

  function show(html) {
    const drawn = new DOMParser().parseFromString(html, "text/html");
    const fault = drawn.querySelector(".fault");
    mark(fault);
    if (!fault) target.replaceChildren(...drawn.body.childNodes);
  }

  function mark(fault) {
    for (const place of form.querySelectorAll("p.fault")) place.textContent = "";
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    if (!fault) return;
    const name = fault.dataset.field;
    const place = form.querySelector(`#fault-${name}`) ?? form.querySelector("#fault-title");
    const field = form.querySelector(`#${name}`);
    const line = field?.tagName === "TEXTAREA" ? `Line ${fault.dataset.line}: ` : "";
    place.textContent = line + fault.textContent;
    field?.setAttribute("aria-invalid", "true");
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// Rows for kinds of laptops: one that is empty is enough, and a button brings another.
function kinds(fieldset) {
  const rows = [...fieldset.querySelectorAll(".kind")];
  const button = fieldset.querySelector("button");
  const isEmpty = (row) => [...row.children].every((field) => !field.value);
  const spare = rows.filter(isEmpty).slice(1);
  for (const row of spare) row.hidden = true;
  button.hidden = spare.length === 0;
  button.addEventListener("click", () => {
    const next = spare.shift();
    next.hidden = false;
    next.firstElementChild.focus();
    button.hidden = spare.length === 0;
  });
}

// For whoever has never seen Markdown: buttons that put it where the cursor or the next step is.
function tools(bar) {
  const text = document.getElementById(bar.dataset.tools);
  const put = (words, from, to = from) => {
    text.focus();
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const section = (heading) => text.value.search(new RegExp(`^## ${heading}`, "m"));

  function step() {
    const end = section("Undo") < 0 ? text.value.length : section("Undo");
    const before = text.value.slice(0, end).trimEnd();
    const last = [...before.matchAll(/^(\d+)\. /gm)].at(-1);
    const begin = section("Steps") < 0 ? "\n\n## Steps\n\n" : last ? "\n" : "\n\n";
    const rest = end < text.value.length ? "\n\n" : "\n";
    put(`${begin}${Number(last?.[1] ?? 0) + 1}. ${rest}`, before.length, end);
    text.setSelectionRange(text.selectionEnd - rest.length, text.selectionEnd - rest.length);
  }

  function undo() {
    const all = text.value.trimEnd().length;
    put(section("Undo") < 0 ? "\n\n## Undo\n\n" : "\n", all, text.value.length);
  }

  function settings(list) {
    const name = list.selectedOptions[0].text;
    put(`[Open ${name} settings](settings:${list.value})`, text.selectionStart, text.selectionEnd);
    list.value = "";
  }

  bar.querySelector("[data-puts=step]").addEventListener("click", step);
  bar.querySelector("[data-puts=undo]").addEventListener("click", undo);
  bar.querySelector("[data-puts=settings]").addEventListener("change", (event) => settings(event.target));
  bar.hidden = false;
}

for (const form of document.querySelectorAll("form[data-preview]")) preview(form);
for (const fieldset of document.querySelectorAll("[data-kinds]")) kinds(fieldset);
for (const bar of document.querySelectorAll("[data-tools]")) tools(bar);
