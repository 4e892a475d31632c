/* The editors of procedures and forms: an item names others by what they are called, not by keys.

   Each input that holds keys says in `data-names-part-value` which list they come from. It stays in
   the page, out of sight, and keeps the keys; what is shown is a menu, or boxes to tick, of the
   items that this list holds now. A list that is no stream of the page is a function of
   `window.doleances.sources`, from the input to [key, label] pairs (see `form.js`); what it leaves
   out may be somewhere all the same: `elsewhere` says where. */
(() => {
  const sources = {};
  const elsewhere = {};
  const RESERVED = {
    roles: [
      ["complainant", "Réclamant (page de suivi)"],
      ["clock", "L’horloge (sans personne)"],
    ],
  };

  const keyFrom = (label) =>
    label
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .slice(0, 40)
      .replace(/^_+|_+$/g, "");

  const field = (name) => document.getElementsByName(name)[0];

  /* What is thrown away keeps its name, to say what was lost. */
  const former = new Map();
  const was = (part, key) => former.get(`${part} ${key}`) || key;

  /* Read once for all the menus that are drawn together: drawing makes the next reading slow. */
  let read = null;
  const once = (what, reading) => {
    if (!read) {
      read = new Map();
      queueMicrotask(forget);
    }
    if (!read.has(what)) read.set(what, reading());
    return read.get(what);
  };
  const forget = () => {
    read = null;
  };

  /* The prefixes of the items of a list, in the order of the screen, those thrown away left out. */
  const rows = (list) =>
    once(list, () => {
      const count = Number(field(`${list}-count`)?.value || 0);
      return Array.from({ length: count }, (_, index) => `${list}-${index}`)
        .filter((row) => !field(`${row}-deleted`)?.value)
        .map((row) => [Number(field(`${row}-order`)?.value || 0), row])
        .sort((one, other) => one[0] - other[0])
        .map(([, row]) => row);
    });

  /* [key, label] of the items of a list. */
  const listed = (part) => {
    const named = rows(part)
      .map((row) => [field(`${row}-value-key`)?.value, field(`${row}-value-label`)?.value])
      .filter(([key]) => key)
      .map(([key, label]) => [key, label || key]);
    const known = new Set(named.map(([key]) => key));
    return [...named, ...(RESERVED[part] || []).filter(([key]) => !known.has(key))];
  };

  const items = (part, element) => {
    const named = sources[part]
      ? sources[part](element)
      : once(`named ${part}`, () => listed(part));
    named.forEach(([key, label]) => former.set(`${part} ${key}`, label));
    return named;
  };

  window.doleances = { elsewhere, field, former, once, rows, sources, was };

  class NamesController extends window.StimulusModule.Controller {
    static values = { part: String, several: Boolean };

    connect() {
      if (this.shown) return;
      this.shown = document.createElement("div");
      this.shown.className = "doleances-names";
      this.element.hidden = true;
      this.element.after(this.shown);
      this.label = document.querySelector(`label[for="${this.element.id}"]`);
      this.draw();
      this.redraw = () => this.drawIfChanged();
      document.addEventListener("doleances:names", this.redraw);
    }

    disconnect() {
      document.removeEventListener("doleances:names", this.redraw);
    }

    get keys() {
      return this.element.value.split(",").map((key) => key.trim()).filter(Boolean);
    }

    set keys(keys) {
      this.element.value = keys.join(", ");
      this.element.dispatchEvent(new Event("input", { bubbles: true }));
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }

    /* What is chosen but no longer there stays visible, so that it can be mended. */
    options() {
      const known = items(this.partValue, this.element);
      const names = new Set(known.map(([key]) => key));
      const lost = this.keys.filter((key) => !names.has(key));
      const part = this.partValue;
      const remark = (key) => elsewhere[part]?.(key) || "n’existe plus";
      return [...known, ...lost.map((key) => [key, `${was(part, key)} (${remark(key)})`])];
    }

    drawIfChanged() {
      const now = JSON.stringify([this.options(), this.keys]);
      if (now !== this.drawn) this.draw();
    }

    draw() {
      const options = this.options();
      this.drawn = JSON.stringify([options, this.keys]);
      this.shown.replaceChildren(
        ...(this.severalValue ? this.boxes(options) : [this.menu(options)]),
      );
    }

    menu(options) {
      const menu = document.createElement("select");
      menu.id = `${this.element.id}-menu`;
      menu.append(new Option("—", ""));
      options.forEach(([key, label]) => menu.append(new Option(label, key)));
      menu.value = this.keys[0] || "";
      menu.addEventListener("change", () => {
        this.keys = [menu.value].filter(Boolean);
      });
      if (this.label) this.label.htmlFor = menu.id;
      this.describe(menu);
      return menu;
    }

    boxes(options) {
      this.shown.setAttribute("role", "group");
      if (this.label) {
        this.label.id ||= `${this.element.id}-label`;
        this.label.removeAttribute("for");
        this.shown.setAttribute("aria-labelledby", this.label.id);
      }
      this.describe(this.shown);
      if (!options.length) return [document.createTextNode("Rien à choisir pour l’instant.")];
      return options.map(([key, name], index) => this.box(key, name, index));
    }

    box(key, name, index) {
      const line = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = `${this.element.id}-box-${index}`;
      box.checked = this.keys.includes(key);
      box.addEventListener("change", () => {
        const others = this.keys.filter((one) => one !== key);
        this.keys = box.checked ? [...others, key] : others;
        this.drawn = JSON.stringify([this.options(), this.keys]);
      });
      line.append(box, ` ${name}`);
      return line;
    }

    describe(element) {
      const notes = this.element.getAttribute("aria-describedby");
      if (notes) element.setAttribute("aria-describedby", notes);
    }
  }

  window.wagtail.app.register("names", NamesController);

  const changed = () => {
    separateDuplicates();
    forget();
    document.dispatchEvent(new Event("doleances:names"));
  };
  let waiting;
  const changedSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(changed, 150);
  };

  /* What a key is made from, and the key that is made from that. */
  const nameOf = (key) => field(key.name.replace(/[^-]+$/, key.dataset.namesOwnKey));
  const keyOf = (name) =>
    ["key", "value"]
      .map((last) => field(name.replace(/[^-]+$/, last)))
      .find((key) => key?.dataset.namesOwnKey === name.match(/[^-]*$/)[0]);

  /* The keys that must differ: those of a list, or of all the lists of that kind; the values of the
     answers to one question may be those of another. */
  const scope = (key) =>
    /-value$/.test(key.name)
      ? key.name.replace(/\d+(?=\D*$)/, "#")
      : key.name.replace(/-\d+-/g, "-#-");
  const ownKeys = () => [...document.querySelectorAll("[data-names-own-key]")];

  /* A question's key starts with a letter. */
  const wantedFor = (key, label) => {
    const wanted = keyFrom(label);
    return key.name.startsWith("sections-") && /^[^a-z]/.test(wanted) ? `q_${wanted}` : wanted;
  };

  /* A new item takes its key from its name as that is typed, and keeps it once that is typed: from
     then on, others may have named it. */
  const giveKey = (name) => {
    const key = keyOf(name.name);
    if (!key || (key.value && !key.dataset.young)) return;
    key.dataset.young = "yes";
    const wanted = wantedFor(key, name.value).slice(0, 40);
    const taken = new Set(
      ownKeys()
        .filter((one) => one !== key && scope(one) === scope(key))
        .map((one) => one.value),
    );
    let given = wanted;
    for (let n = 2; given && taken.has(given); n += 1) given = `${wanted.slice(0, 36)}_${n}`;
    key.value = given;
  };

  /* A duplicate is another item: its key is made anew, and follows its name as a new one's does.
     What it names that was duplicated with it is the duplicate. */
  const known = new WeakSet();
  const isNew = (element) => !known.has(element) && known.add(element);
  const separateDuplicates = () => {
    const keys = ownKeys();
    const before = keys.filter((key) => known.has(key));
    const renamed = new Map();
    // What is being drawn has no key yet: it is looked at once it has one.
    keys.filter((key) => key.value && isNew(key)).forEach((key) => {
      const former = key.value;
      const same = (one) => one.value === former && scope(one) === scope(key);
      if (!former || !before.some(same)) return;
      key.value = "";
      giveKey(nameOf(key));
      renamed.set(former, key.value);
    });
    [...document.querySelectorAll("[data-names-part-value=questions-above]")]
      .filter(isNew)
      .filter((input) => renamed.has(input.value))
      .forEach((input) => {
        input.value = renamed.get(input.value);
      });
  };

  const NAME = /-value-(label|title)$/;
  document.addEventListener("input", ({ target }) => {
    if (!NAME.test(target.name || "")) return;
    giveKey(target);
    changedSoon();
  });
  document.addEventListener("change", ({ target }) => {
    const key = NAME.test(target.name || "") && keyOf(target.name);
    if (key && key.value) delete key.dataset.young;
    changedSoon();
  });
  document.addEventListener("focusin", changedSoon);
  // Before the button acts: what is there now is no duplicate of what comes.
  document.addEventListener("click", separateDuplicates, true);
  document.addEventListener("click", changedSoon);
  window.addEventListener("load", changed);
})();
