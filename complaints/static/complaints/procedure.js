/* The procedure's editor: an item names others by what they are called, not by their keys.

   Each input that holds keys says in `data-names-part-value` which list they come from. It stays in
   the page, out of sight, and keeps the keys; what is shown is a menu, or boxes to tick, of the
   items that this list holds now. */
(() => {
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

  /* What is thrown away keeps its name on this page, to say what was lost. */
  const former = new Map();

  /* [key, label] of the items of a list, in the order of the screen, those thrown away left out. */
  const items = (part) => {
    const count = Number(field(`${part}-count`)?.value || 0);
    const found = [];
    for (let index = 0; index < count; index += 1) {
      const prefix = `${part}-${index}`;
      const key = field(`${prefix}-value-key`)?.value;
      const label = field(`${prefix}-value-label`)?.value || key;
      if (key && !field(`${prefix}-deleted`)?.value) {
        const order = Number(field(`${prefix}-order`)?.value || 0);
        found.push([order, key, label]);
      }
      if (key) former.set(`${part} ${key}`, label);
    }
    found.sort((one, other) => one[0] - other[0]);
    const named = found.map(([, key, label]) => [key, label]);
    const known = new Set(named.map(([key]) => key));
    return [...named, ...(RESERVED[part] || []).filter(([key]) => !known.has(key))];
  };

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
      const known = items(this.partValue);
      const names = new Set(known.map(([key]) => key));
      const lost = this.keys.filter((key) => !names.has(key));
      return [...known, ...lost.map((key) => [key, `${this.was(key)} (n’existe plus)`])];
    }

    was(key) {
      return former.get(`${this.partValue} ${key}`) || key;
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
    document.dispatchEvent(new Event("doleances:names"));
  };
  let waiting;
  const changedSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(changed, 150);
  };

  /* A new item takes its key from its name as that is typed, and keeps it once that is typed: from
     then on, others may have named it. */
  const giveKey = (label) => {
    const key = field(label.name.replace(/-label$/, "-key"));
    if (!key || !("namesOwnKey" in key.dataset) || (key.value && !key.dataset.young)) return;
    key.dataset.young = "yes";
    const [part] = label.name.split("-");
    const wanted = keyFrom(label.value);
    const taken = new Set(
      [...document.querySelectorAll("[data-names-own-key]")]
        .filter((one) => one !== key && one.name.startsWith(`${part}-`))
        .map((one) => one.value),
    );
    let given = wanted;
    for (let n = 2; given && taken.has(given); n += 1) given = `${wanted.slice(0, 36)}_${n}`;
    key.value = given;
  };

  /* A duplicate is another item: its key is made anew, and follows its name as a new one's does. */
  const known = new WeakSet();
  const separateDuplicates = () => {
    const keys = [...document.querySelectorAll("[data-names-own-key]")];
    const former = keys.filter((key) => known.has(key));
    keys.filter((key) => !known.has(key)).forEach((key) => {
      known.add(key);
      const [part] = key.name.split("-");
      const same = (one) => one.value === key.value && one.name.startsWith(`${part}-`);
      if (!key.value || !former.some(same)) return;
      key.value = "";
      giveKey(field(key.name.replace(/-key$/, "-label")));
    });
  };

  document.addEventListener("input", ({ target }) => {
    if (/^\w+-\d+-value-label$/.test(target.name || "")) {
      giveKey(target);
      changedSoon();
    }
  });
  document.addEventListener("change", ({ target }) => {
    const key = /-label$/.test(target.name || "") && field(target.name.replace(/-label$/, "-key"));
    if (key && key.value) delete key.dataset.young;
  });
  document.addEventListener("focusin", changedSoon);
  // Before the button acts: what is there now is no duplicate of what comes.
  document.addEventListener("click", separateDuplicates, true);
  document.addEventListener("click", changedSoon);
  window.addEventListener("load", changed);
})();
