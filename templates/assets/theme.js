// The switch between light and dark mode, and scrolling of the menu. Without scripts, pages follow the system's mode.
(() => {
  'use strict';
  const root = document.documentElement;
  // Runs before the page is drawn, so that controls that need scripts don't appear late and shift the layout.
  root.classList.add('scripted');

  const choices = ['system', 'light', 'dark'];
  // For pages opened from disk, some browsers throw. Then the choice lasts for this page only.
  const load = () => {
    try { return localStorage.getItem('colours'); } catch { return null; }
  };
  const save = (choice) => {
    try {
      if (choice === 'system') localStorage.removeItem('colours');
      else localStorage.setItem('colours', choice);
    } catch { /* See `load`. */ }
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
    // On phones the menu scrolls sideways. Scrolls the current page's entry into view, without moving the page.
    const current = document.querySelector('.masthead nav [aria-current]');
    const menu = current?.closest('nav');
    if (menu) menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;
  });
})();
