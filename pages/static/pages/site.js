// What the pages do better with a script; everything works without.

(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const MEGA = 1024 * 1024;
  const LARGEST = 10 * MEGA;

  // A question that depends on an earlier answer is shown when that answer is given.
  const answersTo = (form, name) =>
    new FormData(form).getAll(name).filter((value) => typeof value === "string");

  const showWhatApplies = (form) => {
    const hidden = new Set();
    for (const part of form.querySelectorAll("[data-show-if]")) {
      const asked = part.dataset.showIf;
      const wanted = JSON.parse(part.dataset.showIfIs);
      const given = hidden.has(asked) ? [] : answersTo(form, asked);
      part.hidden = !given.some((value) => wanted.includes(value));
      if (part.hidden) {
        for (const control of part.querySelectorAll("[name]")) hidden.add(control.name);
      }
    }
  };

  for (const part of document.querySelectorAll("[data-show-if]")) {
    const form = part.closest("form");
    if (!form || form.dataset.conditional) continue;
    form.dataset.conditional = "yes";
    form.addEventListener("change", () => showWhatApplies(form));
    showWhatApplies(form);
  }

  // A second click sends nothing more. Coming back with the browser's arrow opens the form again.
  const reopen = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.words) button.textContent = button.dataset.words;
    }
  };

  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      for (const button of form.querySelectorAll("[type=submit]")) {
        button.dataset.words = button.textContent;
        button.setAttribute("aria-disabled", "true");
        button.textContent = "Envoi en cours…";
      }
    });
    window.addEventListener("pageshow", () => {
      reopen(form);
      if (form.dataset.conditional) showWhatApplies(form);
    });
  }

  // Files chosen in several times add up, and each can be taken back.
  const weight = (size) =>
    size < MEGA
      ? `${Math.max(1, Math.round(size / 1024))}\u00a0Ko`
      : `${(Math.ceil((size * 10) / MEGA) / 10).toString().replace(".", ",")}\u00a0Mo`;

  const listed = (input, list) => {
    list.replaceChildren();
    [...input.files].forEach((file, index) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = `${file.name} (${weight(file.size)})`;
      if (file.size > LARGEST) {
        name.className = "too-big";
        name.textContent += " : trop lourd, 10\u00a0Mo au plus";
      }
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "Retirer";
      remove.setAttribute("aria-label", `Retirer ${file.name}`);
      remove.addEventListener("click", () => {
        const left = new DataTransfer();
        [...input.files].forEach((kept, at) => at !== index && left.items.add(kept));
        input.files = left.files;
        input.chosen = [...input.files];
        listed(input, list);
        input.focus();
      });
      line.append(name, remove);
      list.append(line);
    });
  };

  for (const input of document.querySelectorAll("input[type=file]")) {
    const list = document.createElement("ul");
    list.className = "chosen";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    input.chosen = [];
    input.addEventListener("change", () => {
      const all = new DataTransfer();
      const seen = new Set();
      const known = input.multiple ? input.chosen : [];
      for (const file of [...known, ...input.files]) {
        const mark = [file.name, file.size, file.lastModified].join("/");
        if (!seen.has(mark)) all.items.add(file);
        seen.add(mark);
      }
      input.files = all.files;
      input.chosen = [...input.files];
      listed(input, list);
    });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = button.parentElement.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        said.textContent = "Copié.";
      } catch {
        said.textContent = "La copie n’a pas marché : recopiez-les à la main.";
      }
    });
  }

  // What is to be corrected is read first.
  document.getElementById("form-errors")?.focus();
})();
