// The switch between light and dark mode, and scrolling of the menu. Without scripts, pages follow the system's mode.
(() => {
  'use strict';
  const root = document.documentElement;
  // Set before the page is drawn, so that controls that need scripts don't appear later and shift the layout.
  root.classList.add('scripted');

  const choices = ['system', 'light', 'dark'];
  // Some browsers throw for pages opened from disk: then the choice lasts for one page only.
  const load = () => {
    try { return localStorage.getItem('colours'); } catch { return null; }
  };
  const save = (choice) => {
    try {
      if (choice === 'system') localStorage.removeItem('colours');
      else localStorage.setItem('colours', choice);
    } catch { /* The choice lasts for this page only. */ }
  };
  const apply = (choice) => {
    if (choice === 'system') root.removeAttribute('data-colours');
    else root.setAttribute('data-colours', choice);
  };

  let choice = choices.includes(load()) ? load() : 'system';
  apply(choice);

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('.colours');
    if (button) {
      const setLabel = () => {
        button.setAttribute('aria-label', `${button.dataset.label}: ${button.dataset[choice]}`);
        button.title = button.getAttribute('aria-label');
      };
      setLabel();
      button.addEventListener('click', () => {
        choice = choices[(choices.indexOf(choice) + 1) % choices.length];
        save(choice);
        apply(choice);
        setLabel();
      });
    }
    // On phones the menu scrolls horizontally: scrolls the current page's entry into view, without moving the page.
    const current = document.querySelector('.masthead nav [aria-current]');
    const menu = current?.closest('nav');
    if (menu) menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;
  });
})();
