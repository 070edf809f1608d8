// Builds elements. All text is set as text, never parsed as HTML, so nothing in a document or a record can run.

/**
 * Creates an element. An attribute whose value is a function (`onclick`) becomes an event listener, and one with
 * the value `true` an attribute without a value; with `false`, null or undefined, it is left out. Children are
 * elements or texts; null, undefined and false are left out.
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

/** A key as it is labelled on a keyboard. Screen readers skip it: the list of all keys says the same in words. */
export const keyHint = (key) => el('kbd', { 'aria-hidden': 'true' }, key);

let lastId = 0;
/** Returns an id that no other element has. */
export const newId = (prefix) => `${prefix}-${++lastId}`;

/** A form field below its label. */
export function field(label, control, ...hints) {
  control.id ||= newId('field');
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control, ...hints);
}

/** What each element shows, as JSON; see `isNew`. */
const shown = new WeakMap();

/**
 * Whether an element shows other values than these. From now on, it counts as showing them. Callers replace an
 * element's content only if this is true, so that a press on it or the focus in it is not lost.
 */
export function isNew(element, values) {
  const signature = JSON.stringify(values);
  if (shown.get(element) === signature) return false;
  shown.set(element, signature);
  return true;
}

/**
 * Runs `replace`, which replaces parts of `container`. If the focused element was replaced, the new element with
 * the same `data-key` gets the focus, or the fallback if there is none.
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

/** Whether an element takes typed characters: a text field or a list to choose from. */
export function isTyping(element = document.activeElement) {
  if (!element) return false;
  if (element.matches('textarea, select')) return true;
  return element.matches('input') && !['radio', 'checkbox', 'button'].includes(element.type);
}

/** Returns a function that calls `run` only when it has not been called again for some time. */
export function debounce(milliseconds, run) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}
