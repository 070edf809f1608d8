// Tells what happened: in a live region for screen readers, and in a line at the bottom of the window.

import { button, el, fill } from './dom.js';
import { t } from './words.js';

const SHOWN_MS = 8_000;

const spoken = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
const line = el('div', { class: 'notice', hidden: true });
let timer;

export function startNotices(container) {
  container.append(spoken, line);
  // The line stays as long as the pointer or the focus is on it.
  line.addEventListener('pointerenter', () => clearTimeout(timer));
  line.addEventListener('pointerleave', hideLater);
  line.addEventListener('focusin', () => clearTimeout(timer));
  line.addEventListener('focusout', hideLater);
}

/** Says a text to screen readers only. */
export function say(text) {
  // Screen readers announce only a text that has changed, so a repeated text gets a space at its end.
  spoken.textContent = spoken.textContent === text ? `${text}\u00A0` : text;
}

/** Says and shows what happened. `action` is an optional button: its label and what it does. */
export function tell(text, action) {
  say(text);
  const act = action && button(action.label, () => {
    hide();
    action.run();
  });
  line.className = 'notice';
  fill(line, el('span', {}, text), act);
  line.hidden = false;
  hideLater();
}

/** Says and shows an error of the server. It stays until it is closed. */
export function tellError(error) {
  const text = error.kind === 'offline' ? t('offline') : error.message;
  say([text, error.help].filter(Boolean).join('. '));
  clearTimeout(timer);
  line.className = 'notice fault';
  fill(line, el('span', {}, el('b', {}, text), error.help ? ` ${error.help}` : null), button(t('close'), hide));
  line.hidden = false;
}

export function hide() {
  clearTimeout(timer);
  line.hidden = true;
}

function hideLater() {
  clearTimeout(timer);
  if (!line.classList.contains('fault')) timer = setTimeout(hide, SHOWN_MS);
}
