// The list of quotes in the form of an answer. Each says whether it is proved, and can be shown in the document,
// changed, moved to another answer, or removed.

import { button, el, fill, hidden } from './dom.js';
import { t } from './words.js';

export class QuoteList {
  /** Each `{ written, place, ranges, isProved, saved }`; `saved` is its index in the saved answer. */
  quotes = [];
  list = el('ul', {});
  hint = el('p', { class: 'hint' }, t('quotes_hint'));
  element = el('section', { class: 'form-quotes' }, el('h3', { class: 'label' }, t('quotes')), this.list, this.hint);

  /** `onMove(index)` moves a saved quote to another answer, `onShow(ranges)` shows a quote in the document. */
  constructor({ onChange, onShow, onMove }) {
    Object.assign(this, { onChange, onShow, onMove });
  }

  set(quotes) {
    this.quotes = quotes;
    this.render();
  }

  /** Adds a quote, unless the answer has it already. */
  add(quote) {
    if (this.quotes.some(({ written }) => written === quote.written)) return;
    this.set([...this.quotes, quote]);
    this.onChange();
  }

  get value() {
    return this.quotes.map(({ written }) => written.trim()).filter(Boolean);
  }

  get ranges() {
    return this.quotes.flatMap(({ ranges }) => ranges);
  }

  /** Takes over from the saved answer whether its quotes are proved, and where they are in the document. */
  update(saved) {
    for (const quote of this.quotes) {
      const same = saved.find(({ written }) => written === quote.written);
      if (same) Object.assign(quote, fromSaved(same, saved.indexOf(same)));
    }
  }

  /**
   * Shows which quotes have errors, after a check of the whole answer. An edited quote is proved if it has none.
   */
  showProblems(problems) {
    const faults = problems.filter(({ severity, code }) => severity === 'error' && code.startsWith('quote'));
    const isNamed = ({ message, text }, written) => `${message} ${text ?? ''}`.includes(written);
    for (const [index, quote] of this.quotes.entries()) {
      if (quote.isEdited) quote.isProved = !faults.some((fault) => isNamed(fault, quote.written) || this.quotes.length === 1);
      const isFaulty = !quote.isProved || faults.some((fault) => isNamed(fault, quote.written));
      const item = this.list.children[index];
      item.classList.toggle('bad', isFaulty);
      item.querySelector('.verdict').textContent = verdict(quote, isFaulty);
    }
  }

  render() {
    this.hint.hidden = this.quotes.length > 0;
    fill(this.list, this.quotes.map((quote, index) => this.item(quote, index)));
  }

  item(quote, index) {
    const about = hidden(`: ${quote.written}`);
    return el('li', { class: quote.isProved ? '' : 'bad' },
      quote.isEdited ? this.editor(quote, index) : el('q', {}, quote.written),
      el('p', { class: 'quote-tools' },
        el('span', { class: 'verdict' }, verdict(quote, !quote.isProved)),
        quote.ranges.length > 0 ? button([t('show'), about], () => this.onShow(quote.ranges), { class: 'plain' }) : null,
        quote.isEdited ? null : button([t('change'), about], () => this.edit(index), { class: 'plain' }),
        quote.saved === undefined ? null : button([t('move'), about], () => this.onMove(quote.saved), { class: 'plain' }),
        button([t('take_out'), about], () => this.remove(index), { class: 'plain' })));
  }

  editor(quote, index) {
    return el('textarea', {
      rows: 2, 'aria-label': t('quote'),
      oninput: ({ target }) => {
        Object.assign(this.quotes[index], { written: target.value, ranges: [], place: null });
        this.onChange();
      },
    }, quote.written);
  }

  edit(index) {
    this.quotes[index].isEdited = true;
    this.render();
    this.list.children[index].querySelector('textarea').focus();
  }

  remove(index) {
    this.set(this.quotes.filter((_, at) => at !== index));
    this.onChange();
    const next = this.list.children[Math.min(index, this.quotes.length - 1)];
    (next?.querySelector('button:last-of-type') ?? this.element.closest('form')?.querySelector('textarea'))?.focus();
  }
}

const verdict = ({ place }, isFaulty) =>
  isFaulty ? `✗ ${t('not_proved')}` : `✓ ${[t('proved'), place].filter(Boolean).join(', ')}`;

/** Converts a quote of a saved answer to an entry of the list. `saved` is its index in the answer. */
export const fromSaved = ({ written, text, place, ranges }, saved) => ({ written, place, ranges, isProved: text !== null, saved });

/** Converts the server's proof of selected words to an entry of the list. */
export const fromProof = ({ quote, place, ranges, proved }) => ({ written: quote, place, ranges, isProved: proved });
