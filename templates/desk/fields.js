// Fields of the answer form: which position, and in which voice.

import { el, fill, isNew, keyHint, newId } from './dom.js';
import { tone } from './cells.js';
import { t } from './words.js';

const VOICES = ['own', 'attributed', 'hedged', 'forecast'];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const NEW = '+';
const MAX_NAMES = 4;

/** A position's letter, in its colour. */
export const letter = (index) => el('span', { class: `letter tone-${tone(index)}`, 'aria-hidden': 'true' }, LETTERS[index] ?? '•');

/** The field for an answer's position: one of the question's positions, or a new one. */
export class PositionField {
  /**
   * The position that was set last, or null. It counts while no button is chosen: the question may not have it
   * yet.
   */
  unlisted = null;

  constructor(onChange) {
    this.onChange = onChange;
    this.name = newId('position');
    this.options = el('div', { class: 'options' });
    this.label = el('input', { type: 'text', 'aria-label': t('new_position'), placeholder: t('new_position'), oninput: () => this.noteNew() });
    this.newRadio = this.radio(NEW);
    this.element = el('fieldset', { class: 'positions' },
      el('legend', {}, t('position')), this.options,
      el('div', { class: 'option' }, el('label', { 'aria-label': t('new_position') }, this.newRadio, el('span', { class: 'letter new', 'aria-hidden': 'true' }, '+')), this.label));
    this.newRadio.addEventListener('change', () => this.label.focus());
  }

  radio(value) {
    return el('input', { type: 'radio', name: this.name, value, onchange: () => this.onChange() });
  }

  /** Shows a question's positions, and keeps what is chosen. */
  setPositions(positions) {
    if (!isNew(this.options, positions)) return;
    const { position, new_position: label } = this.value;
    const focused = this.options.contains(document.activeElement) ? document.activeElement.value : null;
    fill(this.options, positions.map(({ id, label: text }, index) =>
      el('label', { class: 'option' }, this.radio(id), letter(index), el('span', { class: 'text' }, text), index < 9 ? keyHint(index + 1) : null)));
    // A position that was chosen as a new one is among the question's positions after it was saved.
    const saved = label && positions.find((known) => known.label === label);
    this.set(saved ? saved.id : position, saved ? null : label);
    if (focused !== null) this.radios().find(({ value }) => value === focused)?.focus();
  }

  radios() {
    return [...this.element.querySelectorAll('input[type="radio"]')];
  }

  set(position, newLabel) {
    this.label.value = newLabel ?? '';
    for (const radio of this.radios()) radio.checked = newLabel ? radio === this.newRadio : Boolean(position) && radio.value === position;
    // The question may not have the position yet, if both were just saved.
    this.unlisted = position || null;
  }

  get value() {
    const chosen = this.radios().find(({ checked }) => checked)?.value;
    if (chosen === NEW) return { position: null, new_position: this.label.value.trim() || null };
    return { position: chosen ?? this.unlisted, new_position: null };
  }

  get isChosen() {
    const { position, new_position: label } = this.value;
    return Boolean(position || label);
  }

  noteNew() {
    this.newRadio.checked = this.label.value.trim() !== '';
    this.onChange();
  }

  /** Chooses the position with a number; returns whether there is one. */
  choose(number) {
    const radio = this.options.querySelectorAll('input')[number - 1];
    if (!radio) return false;
    radio.checked = true;
    this.onChange();
    return true;
  }

  focus() {
    const radios = this.radios();
    if (radios.length === 1) this.label.focus();
    else (radios.find(({ checked }) => checked) ?? radios[0]).focus();
  }
}

/**
 * The field for an answer's voice, the words by which it was filled in, and the name that the answer is attributed
 * to.
 */
export class VoiceField {
  constructor(onChange) {
    this.onChange = onChange;
    this.name = newId('voice');
    this.cues = el('p', { class: 'hint' });
    this.to = el('input', { type: 'text', id: newId('to'), autocomplete: 'off', oninput: () => onChange() });
    this.names = el('div', { class: 'names' });
    this.element = el('fieldset', { class: 'voice' },
      el('legend', {}, t('voice')),
      el('div', { class: 'segments' }, ['', ...VOICES].map((voice) => this.option(voice))),
      this.cues,
      el('div', { class: 'to' }, el('label', { for: this.to.id }, t('to')), this.to, this.names));
  }

  option(voice) {
    return el('label', {}, el('input', { type: 'radio', name: this.name, value: voice, onchange: () => this.choose(voice) }),
      el('span', {}, t(`voice_${voice || 'none'}`)));
  }

  /** Removes a name that was filled in, but not a typed one, if the new voice attributes the answer to no one. */
  choose(voice) {
    if (['', 'own'].includes(voice) && this.to.value === this.filledIn) this.to.value = '';
    this.onChange();
  }

  /** Fills in the voice and name that the server found in the document's words. */
  suggest(voice, to) {
    this.set(voice, to);
    this.filledIn = to;
  }

  set(voice, to) {
    for (const radio of this.element.querySelectorAll('input[type="radio"]')) radio.checked = radio.value === (voice ?? '');
    this.to.value = to ?? '';
  }

  get value() {
    const voice = this.element.querySelector('input[type="radio"]:checked')?.value;
    return { voice: voice || null, to: this.to.value.trim() || null };
  }

  get isEmpty() {
    const { voice, to } = this.value;
    return !voice && !to;
  }

  /** Shows the words by which a voice was filled in. */
  showCues(words) {
    this.cues.hidden = words.length === 0;
    fill(this.cues, `${t('because_of')} `, words.map((word, at) => [at > 0 ? ', ' : '', el('i', {}, word)]).flat());
  }

  /** Offers the names that other answers of this source are attributed to. */
  offerNames(names) {
    const known = [...new Set(names)].slice(0, MAX_NAMES);
    if (!isNew(this.names, known)) return;
    fill(this.names, known.map((name) => el('button', { type: 'button', class: 'name', onclick: () => {
      this.to.value = name;
      this.onChange();
      this.to.focus();
    } }, name)));
  }
}
