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

for (const form of document.querySelectorAll("form[data-preview]")) preview(form);
for (const fieldset of document.querySelectorAll("[data-kinds]")) kinds(fieldset);
