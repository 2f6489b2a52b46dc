"use strict";
// Filters the list of questions by outcome, type and words. Without JavaScript the whole list is shown.
(() => {
  const entries = [...document.querySelectorAll(".question")];
  const buttons = [...document.querySelectorAll(".filters button")];
  const type = document.getElementById("type");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  let outcome = "";

  function apply() {
    const wanted = words.value.toLowerCase().trim();
    let count = 0;
    for (const entry of entries) {
      const fits = (!outcome || entry.dataset.outcome === outcome)
        && (!type.value || entry.dataset.type === type.value)
        && (!wanted || entry.dataset.text.includes(wanted));
      entry.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} shown`;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      outcome = button.dataset.outcome;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      apply();
    });
  }
  type.addEventListener("change", apply);
  words.addEventListener("input", apply);
  apply();
})();
