// The bar below the document while words are selected. It shows how many words they are and whether they are
// proved, and asks to which question's answer they are added as a quote.

import { prove } from './api.js';
import { stateWord, sign, tone } from './cells.js';
import { Combobox } from './combobox.js';
import { button, debounce, el, fill, keyHint } from './dom.js';
import { questionsIn } from './marks.js';
import { setKeys } from './keys.js';
import { say, tellError } from './notices.js';
import { t } from './words.js';

const PROVE_DELAY_MS = 70;
const MAX_DIRECT = 4;

export class QuoteBar {
  selected = null;
  proof = null;
  choices = [];
  status = el('p', { class: 'count' });
  direct = el('div', { class: 'direct' });

  /** `reader` is the view that contains the bar. Its `quoteFor(choice, proof)` adds the quote to a form. */
  constructor(reader) {
    this.reader = reader;
    this.combobox = new Combobox({
      label: t('quote_for'), placeholder: t('quote_for_placeholder'),
      onChoose: (choice) => this.choose(choice), onEscape: () => this.leave(),
    });
    this.element = el('div', { class: 'quote-bar', role: 'region', 'aria-label': t('selected_words'), hidden: true },
      this.status,
      el('div', { class: 'targets' }, this.direct, this.combobox.element,
        button('×', () => this.leave(), { class: 'icon', 'aria-label': t('selection_end'), title: t('selection_end') })));
    this.proveSoon = debounce(PROVE_DELAY_MS, () => this.prove());
  }

  /** Shows a new selection, or hides the bar if there is none. */
  show(selected) {
    this.abort?.abort();
    this.selected = selected;
    this.proof = null;
    if (!selected) return this.hide();
    this.element.hidden = false;
    this.pending = new Promise((done) => { this.settle = done; });
    this.showCount(this.reader.selecting.units.count(selected.from, selected.to), null);
    this.setChoices([{ block: selected.from.block, start: selected.from.offset, end: selected.to.block === selected.from.block ? selected.to.offset : Infinity }]);
    setKeys('selection', t('keys_selection'), this.keys());
    this.proveSoon();
  }

  hide() {
    this.proveSoon.cancel();
    this.element.hidden = true;
    this.combobox.reset();
    this.reader.marks.set('proved', []);
    this.reader.marks.set('cue', []);
    setKeys('selection', '', []);
  }

  /** Ends the selection, and moves the focus to the document. */
  leave() {
    this.reader.selecting.clear();
    this.show(null);
    this.reader.scroller.focus({ preventScroll: true });
  }

  keys() {
    const isHere = () => !this.reader.panel.element.contains(document.activeElement);
    const isDigit = (name) => /^[1-9]$/.test(name) && name <= Math.min(this.choices.length, MAX_DIRECT);
    return [
      { key: 'Enter', word: t('key_quote'), when: () => isHere() && !document.activeElement.matches('button, a'), run: () => this.choose(this.choices[0]) },
      { key: isDigit, shown: ['1 – 4'], word: t('key_quote_number'), when: isHere, run: ({ key }) => this.choose(this.choices[key - 1]) },
      { key: '0', word: t('key_name'), when: () => isHere() && this.reader.panel.form !== null, run: () => this.useAsName() },
      // A letter moves the focus to the field that finds a question; `find` also puts the letter into it.
      { key: (name) => /^\p{L}$/u.test(name), shown: ['a – z'], word: t('key_quote_find'), when: isHere, run: ({ key }) => this.find(key) },
      { key: 'Escape', word: t('selection_end'), inText: true, when: isHere, run: () => this.leave() },
    ];
  }

  find(letter) {
    this.combobox.input.value = letter;
    this.combobox.input.focus();
  }

  async prove() {
    const { selected } = this;
    this.abort = new AbortController();
    try {
      const proof = await prove(this.reader.data.source.id, selected.from, selected.to, this.abort.signal);
      if (this.selected !== selected) return;
      this.proof = proof;
      this.reader.marks.set('proved', proof.ranges);
      this.reader.marks.set('cue', proof.cues);
      this.showCount(proof.words, proof);
      this.setChoices(proof.ranges);
      say(this.status.textContent);
      this.settle(proof);
    } catch (error) {
      if (error.name === 'AbortError') return;
      tellError(error);
      this.settle(null);
    }
  }

  showCount(words, proof) {
    const limit = this.reader.desk.board.site.quote_words;
    const count = words === null ? t('words_many') : t('words_of', { words, limit });
    const isTooLong = words === null || words > limit;
    this.status.className = isTooLong || (proof && !proof.proved) ? 'count bad' : proof ? 'count proved' : 'count';
    fill(this.status, el('b', {}, count), proof && ' · ', proof && this.verdict(proof));
  }

  verdict(proof) {
    if (!proof.proved) return el('span', {}, t(reasonOf(proof)));
    const cues = proof.cue_words.length > 0 ? ` · ${t('cues', { words: proof.cue_words.map((word) => `“${word}”`).join(', ') })}` : '';
    return el('span', {}, `✓ ${[t('proved'), proof.place].filter(Boolean).join(', ')}${cues}`);
  }

  /**
   * Offers the questions that the words can be a quote for, as `quoteChoices` ranks them. `ranges` are the words.
   */
  setChoices(ranges) {
    this.choices = this.reader.quoteChoices(questionsIn(this.reader.data, ranges));
    this.combobox.setOptions(this.choices.map((choice) => ({
      ...choice,
      mark: () => sign(choice.state),
      label: choice.answer ? `${choice.question.short}: ${t('add_to', { summary: choice.summary })}` : choice.question.short,
      detail: choice.isInHand ? t('in_hand') : choice.answer ? '' : choice.question.title,
    })));
    const asName = this.reader.panel.form && button([keyHint(0), t('as_name')], () => this.useAsName(), { class: 'direct-choice' });
    fill(this.direct, this.choices.slice(0, MAX_DIRECT).map((choice, at) => this.directButton(choice, at)), asName);
  }

  directButton(choice, at) {
    const index = this.reader.desk.board.questions.indexOf(choice.question);
    const label = choice.isInHand ? t('add_to_form', { question: choice.question.short }) : choice.question.short;
    return button([keyHint(at + 1), label], () => this.choose(choice),
      { class: `direct-choice tone-${tone(index)}`, title: `${choice.question.title} (${stateWord(choice.state)})` });
  }

  /** Ends the selection, and adds it as a quote to the form of the chosen answer. */
  async choose(choice) {
    const proof = choice && (await this.finish());
    if (proof) this.reader.quoteFor(choice, proof);
  }

  /** Ends the selection, and enters it in the form as the name that the answer is attributed to. */
  async useAsName() {
    const proof = await this.finish();
    if (proof) this.reader.panel.form?.setName(proof.quote);
  }

  /** Waits until the selection is proved, and ends it. Returns the proof, unless there is no word in it. */
  async finish() {
    const { selected } = this;
    const proof = selected && (this.proof ?? (await this.pending));
    if (!proof || proof.words === 0 || this.selected !== selected) return null;
    this.reader.selecting.clear();
    this.show(null);
    return proof;
  }
}

/** Returns the key of the text that says why words cannot be a quote. */
function reasonOf({ words, limit, ranges }) {
  if (words > limit) return 'too_long';
  return new Set(ranges.map(({ block }) => block)).size > 1 ? 'over_paragraphs' : 'not_proved';
}
