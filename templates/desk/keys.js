// Keys: one table of what each key does. Pressed keys are handled by it, and the list of all keys shows it.
//
// A key is written as `n`, `Enter` or `Ctrl+Shift+z`; Ctrl also means Cmd. Single characters work only outside text
// fields, and can be turned off.

import { isTyping } from './dom.js';

const SETTING = 'desk-single-keys';
/**
 * Groups of keys by part of the desk, in the order in which they are listed:
 * `{ title, keys: [{ key, shown, word, run, when, inText }] }`. `key` is a name, a list of names, or a function
 * that tells whether a name fits; `shown` is what is listed instead; `word` says what the key does; `run` does it,
 * if the condition `when` is true. `inText` is true for keys that also work in text fields. A key without `run` is
 * only listed.
 */
const groups = new Map();

export const areSingleKeysOn = () => localStorage.getItem(SETTING) !== 'off';
export const setSingleKeys = (on) => localStorage.setItem(SETTING, on ? 'on' : 'off');

/** Replaces the keys of a part of the desk. */
export function setKeys(part, title, keys) {
  if (keys.length === 0) groups.delete(part);
  else groups.set(part, { title, keys });
}

export const allKeys = () => [...groups.values()];

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    // The group that was added last comes first: it is that of the part in front, such as the bar for selected
    // words.
    for (const { keys } of [...groups.values()].reverse()) {
      for (const { key, run, when, inText } of keys) {
        if (!run || !fits(key, name) || !isAllowed(name, inText) || (when && !when())) continue;
        event.preventDefault();
        run(event);
        return;
      }
    }
  });
}

const fits = (key, name) => (typeof key === 'function' ? key(name) : [key].flat().includes(name));

/** Names a pressed key. Shift is not named if it only makes another character: `?`, but `Shift+ArrowLeft`. */
export function nameOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const isCharacter = event.key.length === 1;
  const shift = event.shiftKey && (!isCharacter || control);
  const key = isCharacter && control ? event.key.toLowerCase() : event.key;
  return [control && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/**
 * Whether a key may act now: not while a dialog is open, which has its own keys; in text fields only if `inText`.
 */
function isAllowed(name, inText) {
  if (document.querySelector('dialog[open]')) return false;
  if (inText) return true;
  if (isTyping()) return false;
  return name.length > 1 || areSingleKeysOn();
}
