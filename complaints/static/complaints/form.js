/* The form's editor: what a condition may name, and the whole condition as a sentence under it. */
(() => {
  const { elsewhere, field, former, once, rows, sources, was } = window.doleances;
  const CLOSED = { yes_no: [["yes", "Oui"], ["no", "Non"]] };
  const UNREAD = new Set(["information", "files", "consent"]);
  const quoted = (words) => `«\u00a0${words}\u00a0»`;

  /* Every question that is on the screen, from the top: its key, its words, its type, its prefix. */
  const questions = () =>
    once("questions", () =>
      rows("sections").flatMap((section) =>
        rows(`${section}-value-fields`).map((row) => ({
          section,
          row,
          key: field(`${row}-value-key`)?.value,
          label: field(`${row}-value-label`)?.value.trim(),
          type: field(`${row}-type`)?.value,
        })),
      ),
    );
  const question = (key) => questions().find((one) => one.key === key);

  const chosen = (menu) => menu?.selectedOptions?.[0]?.text || "";
  /* [value, label] of the answers that a question proposes. */
  const answers = (asked) => {
    if (!asked) return [];
    return CLOSED[asked.type] || once(`answers ${asked.row}`, () => proposed(asked.row));
  };
  const proposed = (row) =>
    rows(`${row}-value-choices`)
      .map((option) => {
        const value = field(`${option}-value-value`);
        return [value?.value, field(`${option}-value-label`)?.value || chosen(value)];
      })
      .filter(([value]) => value);

  sources["questions-above"] = (input) => {
    const [, section, row] = input.name.match(/^((?:sections-\d+))(-value-fields-\d+)?-value-show_if-/);
    const asked = questions();
    const own = asked.findIndex((one) =>
      row ? one.row === `${section}${row}` : order(one.section) >= order(section),
    );
    return asked
      .slice(0, own < 0 ? asked.length : own)
      .filter((one) => one.key && !UNREAD.has(one.type))
      .map((one) => [one.key, one.label || one.key]);
  };
  const order = (section) => rows("sections").indexOf(section);
  elsewhere["questions-above"] = (key) => {
    const asked = question(key);
    if (!asked) return "";
    return UNREAD.has(asked.type) ? "ne se lit pas dans une condition" : "placée plus bas";
  };

  sources.answers = (input) => answers(question(field(input.name.replace(/-values$/, "-field"))?.value));
  sources["own-answers"] = (input) =>
    answers(questions().find((one) => input.name === `${one.row}-value-default`));
  const told = (id) => JSON.parse(document.getElementById(id)?.textContent || "[]");
  // What the page tells comes after this script.
  document.addEventListener("DOMContentLoaded", () =>
    told("doleances-former").forEach(([key, answer, label]) => {
      former.set(answer ? `answers ${answer}` : `questions-above ${key}`, label);
    }),
  );
  sources["organisation-roles"] = () => once("roles", () => told("doleances-roles"));

  const LOOKED = { answered: "a une réponse", unanswered: "n’a pas de réponse" };
  const either = (words) =>
    words.length > 1 ? `${words.slice(0, -1).join(", ")} ou ${words.at(-1)}` : words[0] || "…";
  const neither = (words) =>
    words.length > 1 ? words.map((one) => `ni ${one}`).join(" ") : `pas ${words[0] || "…"}`;

  /* « est « A » ou « B » », « n’est ni « A » ni « B » »; several answers at once are « comprend ». */
  const expected = (test, type, wanted) => {
    const [is, isNot] = type === "choices" ? ["comprend", "ne comprend"] : ["est", "n’est"];
    return test === "is" ? `${is} ${either(wanted)}` : `${isNot} ${neither(wanted)}`;
  };

  /* One test in words; nothing as long as no question is chosen. */
  const tested = (row) => {
    const key = field(`${row}-value-field`)?.value;
    if (!key) return "";
    const asked = question(key);
    const test = field(`${row}-value-test`)?.value;
    const gone = () => `${was("questions-above", key)} (n’existe plus)`;
    const start = quoted(asked ? asked.label || key : gone());
    if (LOOKED[test]) return `${start} ${LOOKED[test]}`;
    const names = new Map(answers(asked));
    const wanted = (field(`${row}-value-values`)?.value || "")
      .split(",")
      .map((value) => value.trim())
      .filter(Boolean)
      .map((value) => quoted(names.get(value) || was("answers", value)));
    return `${start} ${expected(test, asked?.type, wanted)}`;
  };

  const sentence = (prefix) => {
    const tests = rows(`${prefix}-tests`).map(tested).filter(Boolean);
    if (!tests.length) return "";
    const join = field(`${prefix}-join`)?.value === "any" ? " ou si " : " et si ";
    return `Affiché seulement si ${tests.join(join)}.`;
  };

  /* The answers matter only where the test looks at them; « all or any » where there are several. */
  const fold = (prefix) => {
    const tests = rows(`${prefix}-tests`);
    tests.forEach((row) => {
      const looked = ["is", "is_not"].includes(field(`${row}-value-test`)?.value);
      shown(field(`${row}-value-values`), looked);
    });
    shown(field(`${prefix}-join`), tests.length > 1);
  };
  const shown = (input, seen) => {
    const whole = input?.closest("[data-contentpath]");
    if (whole) whole.hidden = !seen;
  };

  /* Under the folded panel: it is read without opening anything. */
  const tell = (count) => {
    const prefix = count.name.replace(/-tests-count$/, "");
    const panel = count.closest(".doleances-show-if")?.closest("section, [data-contentpath]");
    if (!panel) return;
    fold(prefix);
    let line = panel.querySelector(":scope > .doleances-sentence");
    if (!line) {
      line = document.createElement("p");
      line.className = "doleances-sentence";
      panel.append(line);
    }
    const words = sentence(prefix);
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !words;
  };

  /* A panel in a panel is a group, not a landmark; its name says whose settings it holds. */
  const name = () => {
    const given = new Set();
    document.querySelectorAll("section.w-panel--nested").forEach((panel) => {
      const heading = panel.querySelector(":scope > .w-panel__header [id$='-heading']");
      const around = panel.parentElement.closest("section[role=group]")?.ariaLabel;
      const words = [heading?.textContent.replace(/\s+/g, " ").trim(), around].filter(Boolean);
      let label = words.join(", ");
      for (let n = 2; given.has(label); n += 1) label = [`${words[0]} ${n}`, around].join(", ");
      given.add(label);
      panel.setAttribute("role", "group");
      panel.removeAttribute("aria-labelledby");
      if (panel.ariaLabel !== label) panel.ariaLabel = label;
    });
  };

  /* Whoever moves a question by its buttons may press again: the focus goes where it went. */
  const follow = ({ target }) => {
    const pressed = target.closest("[data-streamfield-action^='MOVE_']");
    if (!pressed) return;
    window.setTimeout(() => {
      const other = pressed.dataset.streamfieldAction === "MOVE_UP" ? "MOVE_DOWN" : "MOVE_UP";
      const pair = pressed.parentElement.querySelector(`[data-streamfield-action='${other}']`);
      (pressed.disabled ? pair : pressed).focus();
    });
  };
  document.addEventListener("click", follow, true); // the button lets no click through

  document.addEventListener("doleances:names", () => {
    document.querySelectorAll("[name$='show_if-tests-count']").forEach(tell);
    name();
  });
})();
