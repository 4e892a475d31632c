// « Saisir un dossier »: questions appear when they apply; a second click sends nothing more; what
// was sent comes back with the browser’s own back button, and once logged in again.
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

  // What was sent last, in this tab only: the server shows it again, and nobody else is given it.
  const STORE = "saisie";
  const NOT_KEPT = new Set(["csrfmiddlewaretoken", "step", "add-row"]);

  const keepAside = (form) => {
    const typed = [...new FormData(form).entries()].filter(
      ([name, value]) => typeof value === "string" && !NOT_KEPT.has(name),
    );
    const kept = { who: form.dataset.who, where: form.getAttribute("action"), typed };
    try {
      sessionStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing: back is then an empty form, as without a script.
    }
  };

  const takeBack = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE));
      sessionStorage.removeItem(STORE);
      return kept;
    } catch {
      return null;
    }
  };

  // By the back button, or from the login screen that an ended session led to; never from a menu.
  const comesBack = (form) => {
    const [visit] = performance.getEntriesByType("navigation");
    const from = document.referrer && new URL(document.referrer);
    const again = from && from.origin === location.origin && from.pathname === form.dataset.login;
    return Boolean(again) || (visit && visit.type === "back_forward");
  };

  const showAgain = (form) => {
    const kept = takeBack();
    const theirs = kept && kept.who === form.dataset.who;
    if (!theirs || kept.where !== form.getAttribute("action") || !comesBack(form)) return;
    const same = document.createElement("form");
    same.method = "post";
    same.action = kept.where;
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const pair of [...kept.typed, ["csrfmiddlewaretoken", token], ["step", "edit"]]) {
      const input = document.createElement("input");
      [input.type, input.name, input.value] = ["hidden", ...pair];
      same.append(input);
    }
    document.body.append(same);
    same.submit();
  };

  for (const form of document.querySelectorAll("form[data-who]")) {
    form.addEventListener("submit", () => keepAside(form));
    if (form.matches("[data-once]")) keepAside(form);
    if (form.matches("[data-fresh]")) showAgain(form);
  }

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
