// The dialog that lists all keys and what they do.

import { openDialog } from './dialog.js';
import { el } from './dom.js';
import { allKeys, areSingleKeysOn, setSingleKeys } from './keys.js';
import { t } from './words.js';

/** How keys with names are shown. */
const NAMES = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Enter: '↵', Escape: 'Esc' };

export function openKeys() {
  const single = el('input', { type: 'checkbox', checked: areSingleKeysOn(), onchange: ({ target }) => setSingleKeys(target.checked) });
  const groups = allKeys().map(({ title, keys }) => el('section', {}, el('h3', {}, title), el('dl', {}, keys.map((key) => row(key)))));
  openDialog({
    title: t('keys'),
    content: el('div', { class: 'keys' }, groups, el('label', { class: 'check' }, single, el('span', {}, t('single_keys')))),
  });
}

function row({ key, shown, word }) {
  const names = shown ?? [key].flat();
  return el('div', {}, el('dt', {}, names.map((name) => el('kbd', {}, name.split('+').map((part) => NAMES[part] ?? part).join(' ')))), el('dd', {}, word));
}
