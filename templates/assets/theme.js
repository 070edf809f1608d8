// The choice between light and dark, which lasts. Without scripts pages follow the reader's system.
(function () {
  "use strict";
  var choices = ["system", "light", "dark"];
  var root = document.documentElement;
  // What only works with scripts is shown from the first moment, so that nothing jumps.
  root.classList.add("scripted");

  // Some browsers keep nothing for pages opened from disk, and say so by throwing: then the choice lasts for one page.
  function kept() {
    try { return localStorage.getItem("colours"); } catch (refused) { return null; }
  }
  function keep(choice) {
    try {
      if (choice === "system") { localStorage.removeItem("colours"); } else { localStorage.setItem("colours", choice); }
    } catch (refused) { /* It lasts for this page. */ }
  }
  function apply(choice) {
    if (choice === "system") { root.removeAttribute("data-colours"); } else { root.setAttribute("data-colours", choice); }
  }

  var choice = choices.indexOf(kept()) > 0 ? kept() : "system";
  apply(choice);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".colours");
    if (!button) { return; }
    function name() {
      button.setAttribute("aria-label", button.getAttribute("data-label") + ": " + button.getAttribute("data-" + choice));
      button.title = button.getAttribute("aria-label");
    }
    name();
    button.addEventListener("click", function () {
      choice = choices[(choices.indexOf(choice) + 1) % choices.length];
      keep(choice);
      apply(choice);
      name();
    });
  });
})();
