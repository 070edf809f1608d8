// A text field with a list of options to choose from: type to find one, arrow keys and Enter to choose (the pattern
// "combobox" of the ARIA authoring practices).

import { el, fill, newId } from './dom.js';
import { t } from './words.js';

const MAX_SHOWN = 8;

export class Combobox {
  options = [];
  shown = [];
  active = 0;

  /** `onChoose` gets the chosen option: an object with `label`, and optionally `detail` and `mark` (an element). */
  constructor({ label, placeholder, onChoose, onEscape }) {
    Object.assign(this, { onChoose, onEscape });
    const id = newId('options');
    this.input = el('input', {
      type: 'text', role: 'combobox', 'aria-label': label, placeholder, autocomplete: 'off', spellcheck: 'false',
      'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id,
      oninput: () => this.open(), onfocus: () => this.open(), onblur: () => this.close(),
      onkeydown: (event) => this.onKey(event),
    });
    this.list = el('ul', { role: 'listbox', id, 'aria-label': label, hidden: true });
    this.element = el('div', { class: 'combobox' }, this.input, this.list);
  }

  setOptions(options) {
    this.options = options;
    if (!this.list.hidden) this.open();
  }

  reset() {
    this.input.value = '';
    this.close();
  }

  open() {
    const parts = normalize(this.input.value).split(/\s+/).filter(Boolean);
    const fits = ({ label, detail }) => {
      const text = normalize(`${label} ${detail ?? ''}`);
      return parts.every((part) => text.includes(part));
    };
    // Labels that begin with what was typed come first.
    const starts = ({ label }) => parts.length > 0 && normalize(label).startsWith(parts.join(' '));
    this.shown = this.options.filter(fits).sort((a, b) => starts(b) - starts(a)).slice(0, MAX_SHOWN);
    this.active = 0;
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.render();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  render() {
    const items = this.shown.map((option, index) =>
      el('li', {
        role: 'option', id: `${this.list.id}-${index}`, 'aria-selected': String(index === this.active),
        // The field keeps the focus while an option is pressed.
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.choose(index),
      }, option.mark?.(), el('span', {}, option.label), option.detail ? el('small', {}, option.detail) : null));
    fill(this.list, items.length > 0 ? items : el('li', { role: 'option', 'aria-disabled': 'true', class: 'soft' }, t('nothing_fits')));
    if (items.length > 0) this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.active}`);
    else this.input.removeAttribute('aria-activedescendant');
    this.list.children[this.active]?.scrollIntoView({ block: 'nearest' });
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (this.list.hidden) this.open();
      const count = Math.max(this.shown.length, 1);
      this.active = (this.active + (key === 'ArrowDown' ? 1 : count - 1)) % count;
      this.render();
    } else if (key === 'Enter' && !this.list.hidden && this.shown[this.active]) this.choose(this.active);
    else if (key === 'Escape') this.onEscape();
    else return;
    event.preventDefault();
  }

  choose(index) {
    const option = this.shown[index];
    this.reset();
    this.onChoose(option);
  }
}

/** Returns a text without capitals and accents. */
const normalize = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
