// What the pages do better with a script; everything works without.

(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const MEGA = 1024 * 1024;

  // A question that depends on an earlier answer is shown when that answer is given. An answer in
  // several parts is posted as « question-part »; how many rows are shown is no answer.
  const keyOf = (name) => name.split("-")[0];
  const answersTo = (form, key) =>
    [...new FormData(form)]
      .filter(([name, value]) => keyOf(name) === key && name !== `${key}-rows` && value.trim?.())
      .map(([, value]) => value);

  const showWhatApplies = (form) => {
    const hidden = new Set();
    for (const part of form.querySelectorAll("[data-show-if]")) {
      const condition = JSON.parse(part.dataset.showIf);
      const holds = (test) => {
        const given = hidden.has(test.field) ? [] : answersTo(form, test.field);
        if (test.test === "answered") return test.values.includes(given.length > 0);
        const among = given.some((value) => test.values.includes(value));
        return test.test === "is" ? among : given.length > 0 && !among;
      };
      part.hidden = !(condition.any ? condition.tests.some(holds) : condition.tests.every(holds));
      if (part.hidden) {
        for (const control of part.querySelectorAll("[name]")) hidden.add(keyOf(control.name));
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
      const pressed = event.submitter;
      for (const button of form.querySelectorAll("[type=submit]")) {
        button.dataset.words = button.textContent;
        button.setAttribute("aria-disabled", "true");
        if (button === pressed) button.textContent = "Un instant…";
      }
    });
    window.addEventListener("pageshow", () => {
      reopen(form);
      if (form.dataset.conditional) showWhatApplies(form);
    });
  }

  // What is typed is kept as one goes; the buttons do it too, without a script.
  const AFTER = 2500;
  // A page that is being left may still send so much.
  const LEAVING = 60000;
  const ELSEWHERE =
    "Ce brouillon a été changé dans un autre onglet ou sur un autre appareil\u00a0: ce que vous " +
    "écrivez ici n’est plus gardé tout seul. Continuez, et vous pourrez comparer.";
  const OFFLINE =
    "Pas de connexion\u00a0: votre texte reste sur cette page, et sera gardé dès qu’elle revient.";
  const UNKEPT = "Votre texte n’a pas pu être gardé\u00a0: il reste sur cette page.";

  const autosave = (form) => {
    const told = form.querySelector("[data-saved]");
    let waiting;
    let sending;
    let unsaved = false;

    const tell = (words) => {
      if (told && told.textContent !== words) told.textContent = words;
    };
    const set = (name, value) => {
      const input = form.querySelector(`input[name="${name}"]`);
      if (input && value) input.value = value;
    };
    // Later posts of this page have a greater number, whatever order they arrive in. Its place in
    // the history knows its draft.
    const count = () => {
      set("draft-turn", Date.now());
      const key = form.querySelector("[name=submission-key]")?.value;
      if (key) window.history.replaceState({ ...window.history.state, draft: key }, "");
    };
    const typedWords = () => {
      count();
      const typed = new FormData(form);
      for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
      typed.set("action", "auto");
      return typed;
    };
    const kept = ({ saved, key, code, elsewhere }) => {
      if (elsewhere) tell(ELSEWHERE);
      if (!saved) return;
      set("submission-key", key);
      set("draft-code", code);
      const files = [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
      const without = files ? ", sans les fichiers choisis\u00a0: ils partent avec le bouton" : "";
      tell(`Brouillon gardé à ${saved}${without}.`);
    };
    const keep = async ({ leaving = false } = {}) => {
      window.clearTimeout(waiting);
      if (form.dataset.sent || !unsaved) return;
      const typed = typedWords();
      const size = [...typed].reduce((sum, [, value]) => sum + value.length, 0);
      unsaved = false;
      sending?.abort();
      const ours = (sending = new AbortController());
      const options = { method: "POST", body: typed, signal: ours.signal };
      if (leaving && size * 3 < LEAVING) options.keepalive = true;
      try {
        const answer = await fetch(form.getAttribute("action"), options);
        const said = answer.headers.get("Content-Type")?.includes("json");
        if (said) kept(await answer.json());
        else if (!answer.ok) tell(UNKEPT);
      } catch {
        if (ours.signal.aborted) return;
        unsaved = true;
        tell(OFFLINE);
      }
    };

    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      unsaved = true;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(keep, AFTER);
    });
    form.addEventListener("submit", () => {
      window.clearTimeout(waiting);
      sending?.abort();
      count();
    });
    window.addEventListener("online", () => keep());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keep({ leaving: true });
    });
  };

  for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);

  // The browser's arrow leads back to what is kept of a first page, not to an empty one.
  const arrived = window.performance.getEntriesByType("navigation")[0]?.type;
  const left = window.history.state?.draft;
  const begun = left && document.querySelector(`[data-draft="${CSS.escape(left)}"]`);
  if (begun && arrived === "back_forward") window.location.replace(begun.dataset.first);

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
      const most = Number(input.dataset.maxWeight || 10);
      if (file.size > most * MEGA) {
        name.className = "too-big";
        name.textContent += ` : trop lourd, ${most}\u00a0Mo au plus`;
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
