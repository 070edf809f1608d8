// The choice between light and dark, which lasts; and what pages with scripts can do besides. Without scripts pages
// follow the reader's system.
(() => {
  'use strict';
  const root = document.documentElement;
  // What only works with scripts is shown from the first moment, so that nothing jumps.
  root.classList.add('scripted');

  const choices = ['system', 'light', 'dark'];
  // Some browsers keep nothing for pages opened from disk, and say so by throwing: then the choice lasts for one page.
  const kept = () => {
    try { return localStorage.getItem('colours'); } catch { return null; }
  };
  const keep = (choice) => {
    try {
      if (choice === 'system') localStorage.removeItem('colours');
      else localStorage.setItem('colours', choice);
    } catch { /* It lasts for this page. */ }
  };
  const apply = (choice) => {
    if (choice === 'system') root.removeAttribute('data-colours');
    else root.setAttribute('data-colours', choice);
  };

  let choice = choices.includes(kept()) ? kept() : 'system';
  apply(choice);

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('.colours');
    if (button) {
      const name = () => {
        button.setAttribute('aria-label', `${button.dataset.label}: ${button.dataset[choice]}`);
        button.title = button.getAttribute('aria-label');
      };
      name();
      button.addEventListener('click', () => {
        choice = choices[(choices.indexOf(choice) + 1) % choices.length];
        keep(choice);
        apply(choice);
        name();
      });
    }
    // On phones the menu scrolls sideways: bring the page that is open into sight, and nothing else.
    const here = document.querySelector('.masthead nav [aria-current]');
    const menu = here?.closest('nav');
    if (menu) menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
  });
})();
