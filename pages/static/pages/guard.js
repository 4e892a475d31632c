// A sum that the browser does while a person writes: the form then leaves at once. Whoever sends
// earlier waits a moment; where the sum cannot be done, the form leaves without it.

(() => {
  "use strict";
  const LONGEST = 15000;
  const WAIT = "Encore un instant\u00a0: votre navigateur finit une vérification, puis l’envoi part tout seul.";
  const TYPED = "textarea, select, input:not([type=hidden]):not([tabindex='-1'])";

  const prove = (proof) =>
    new Promise((done) => {
      let worker;
      const end = (found) => {
        worker?.terminate();
        proof.value = found;
        done();
      };
      try {
        worker = new Worker(proof.dataset.worker);
      } catch {
        end("");
        return;
      }
      worker.onerror = () => end("");
      worker.onmessage = ({ data }) => end(data);
      const { nonce, bits, parts } = proof.dataset;
      worker.postMessage({ nonce, bits: Number(bits), parts: Number(parts) });
    });

  const guard = (proof) => {
    const form = proof.form;
    const status = form.querySelector("[data-guard-status]");
    let ready = Boolean(proof.defaultValue);
    let begun = null;
    let waiting = false;
    const begin = () => {
      begun ??= prove(proof).then(() => {
        ready = true;
      });
      return begun;
    };

    // Before any other listener: what waits here is not yet sent for them.
    document.addEventListener(
      "submit",
      async (event) => {
        if (event.target !== form || ready) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (waiting) return;
        waiting = true;
        status.textContent = WAIT;
        status.classList.add("mb-3");
        const button = event.submitter ?? form.querySelector("[type=submit]");
        await Promise.race([begin(), new Promise((late) => setTimeout(late, LONGEST))]);
        ready = true;
        waiting = false;
        status.textContent = "";
        button.click();
      },
      true,
    );
    if (ready) return;
    proof.value = "";
    form.addEventListener("input", begin, { once: true });
    if (!form.querySelector(TYPED)) begin();
  };

  for (const proof of document.querySelectorAll("[name=guard-proof]")) guard(proof);
})();
