// Keys: one table of what each does, by which they are also handled and shown.
//
// A key is written as `n`, `Enter` or `Ctrl+Shift+z`; Ctrl also means Cmd. Single characters work only outside text
// fields, and can be turned off.

import { isTyping } from './dom.js';

const SETTING = 'desk-single-keys';
/**
 * Groups of keys, in the order of the sheet: `{ title, keys: [{ key, shown, word, run, when, inText }] }`. `key` is a
 * name, several, or a function of the name; `shown` is what the sheet shows instead; `when` is a condition; `inText`
 * is for keys that also work in text fields. A key without `run` is only shown.
 */
const groups = new Map();

export const areSingleKeysOn = () => localStorage.getItem(SETTING) !== 'off';
export const setSingleKeys = (on) => localStorage.setItem(SETTING, on ? 'on' : 'off');

/** Sets the keys of a part of the desk, in place of those that it had. */
export function setKeys(part, title, keys) {
  if (keys.length === 0) groups.delete(part);
  else groups.set(part, { title, keys });
}

export const allKeys = () => [...groups.values()];

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    // Groups set later are of the part that is in front.
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

/** Names a pressed key. Shift is named only where it does not already change the character. */
export function nameOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const isCharacter = event.key.length === 1;
  const shift = event.shiftKey && (!isCharacter || control);
  const key = isCharacter && control ? event.key.toLowerCase() : event.key;
  return [control && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/** Whether a key may act now: a dialog has its own keys, and text fields keep theirs. */
function isAllowed(name, inText) {
  if (document.querySelector('dialog[open]')) return false;
  if (inText) return true;
  if (isTyping()) return false;
  return name.length > 1 || areSingleKeysOn();
}
