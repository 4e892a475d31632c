// « Saisir un dossier »: questions appear when they apply; a second click sends nothing more.
// Everything works without: the server looks at what applies, and files once.

(() => {
  "use strict";

  const answersTo = (form, field) =>
    [...new FormData(form).entries()]
      .filter(([name, value]) => typeof value === "string" && isOf(name, field))
      .map(([, value]) => value.trim());

  // « question » or one of the boxes of an answer in parts: « question-part », « question-0-part ».
  const isOf = (name, field) =>
    name === field || (name.startsWith(`${field}-`) && name !== `${field}-rows`);

  const showWhatApplies = (form) => {
    const hidden = new Set();
    for (const part of form.querySelectorAll("[data-show-if]")) {
      const condition = JSON.parse(part.dataset.showIf);
      const holds = (test) => {
        const given = hidden.has(test.field) ? [] : answersTo(form, test.field).filter(Boolean);
        if (test.test === "answered") return test.values.includes(given.length > 0);
        const among = given.some((value) => test.values.includes(value));
        return test.test === "is" ? among : given.length > 0 && !among;
      };
      part.hidden = !(condition.any ? condition.tests.some(holds) : condition.tests.every(holds));
      if (part.hidden) {
        for (const control of part.querySelectorAll("[name]")) {
          hidden.add(control.name.split("-")[0]);
        }
      }
    }
  };

  for (const form of document.querySelectorAll("form[data-entry]")) {
    form.classList.add("entry--scripted");
    form.addEventListener("change", () => showWhatApplies(form));
    window.addEventListener("pageshow", () => showWhatApplies(form));
    showWhatApplies(form);
  }

  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => delete form.dataset.sent);
  }
})();
