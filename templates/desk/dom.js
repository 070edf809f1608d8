// Builds elements. All text is set as text, never parsed as HTML, so nothing in a document or a record can run.

/**
 * Creates an element. `attributes` that are functions become event listeners (`onclick`), `true` an attribute without
 * a value; `false`, null and undefined leave it out. Children are elements or texts; null, undefined and false are
 * left out.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...present(children));
  return element;
}

export function setAttribute(element, name, value) {
  if (typeof value === 'function') element.addEventListener(name.slice(2), value);
  else if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

/** Replaces an element's content. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

const present = (children) =>
  children.flat().filter((child) => child !== null && child !== undefined && child !== false);

/** A button; `attributes` may add to or replace the defaults. */
export const button = (content, onclick, attributes = {}) => el('button', { type: 'button', onclick, ...attributes }, content);

/** A text that only screen readers announce. */
export const hidden = (text) => el('span', { class: 'visually-hidden' }, text);

/** A key as it is labelled on a keyboard. It is a hint for the eye; the sheet of keys says the same in words. */
export const keyHint = (key) => el('kbd', { 'aria-hidden': 'true' }, key);

let lastId = 0;
/** Returns an id that no other element has. */
export const newId = (prefix) => `${prefix}-${++lastId}`;

/** A form field below its label. */
export function field(label, control, ...hints) {
  control.id ||= newId('field');
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control, ...hints);
}

/** Remembers what each element shows. */
const shown = new WeakMap();

/**
 * Whether an element shows something else than these values; notes that it now shows them. Elements that stay the same
 * are not replaced, so that a press on them or the focus in them is not lost.
 */
export function isNew(element, values) {
  const signature = JSON.stringify(values);
  if (shown.get(element) === signature) return false;
  shown.set(element, signature);
  return true;
}

/**
 * Runs a function that replaces parts of the page. If the focused element was replaced, the new element with the same
 * `data-key` gets the focus, otherwise the fallback.
 */
export function keepFocus(container, replace, fallback) {
  const focused = document.activeElement;
  const isInside = focused !== container && container.contains(focused);
  replace();
  if (!isInside || focused.isConnected) return;
  const key = focused.closest('[data-key]')?.dataset.key ?? focused.dataset.key;
  const same = key && container.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (same || fallback)?.focus({ preventScroll: true });
}

/** Whether keys typed now go into a text. */
export function isTyping(element = document.activeElement) {
  if (!element) return false;
  if (element.matches('textarea, select')) return true;
  return element.matches('input') && !['radio', 'checkbox', 'button'].includes(element.type);
}

/** Calls a function once, after no further call came for some time. */
export function debounce(milliseconds, run) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
