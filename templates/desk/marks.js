// Marks in the document: quotes in the colour of their question, passages found by rule with the words that
// matched, and the quotes of the open form. The marks are the browser's highlights, so the document's elements
// don't change.

import { tone } from './cells.js';
import { button, el, hidden } from './dom.js';
import { t } from './words.js';

const TONES = [1, 2, 3, 4, 5, 6, 7, 8];
// The kinds of marks. A later one is drawn over an earlier one.
const NAMES = ['passage', 'passage-in-hand', ...TONES.map((number) => `quote-${number}`), 'matched', 'in-hand', 'cue', 'proved', 'word'];

export class Marks {
  highlights = new Map();

  /** `onOpen` is called with the question whose mark in the margin was pressed. */
  constructor(pane, onOpen) {
    Object.assign(this, { pane, onOpen });
    NAMES.forEach((name, priority) => {
      const highlight = new Highlight();
      highlight.priority = priority;
      this.highlights.set(name, highlight);
      CSS.highlights.set(name, highlight);
    });
  }

  /** Replaces the places of one kind of mark: ranges in blocks. */
  set(name, ranges) {
    const highlight = this.highlights.get(name);
    highlight.clear();
    for (const place of ranges) {
      const range = this.pane.rangeOf(place);
      if (range) highlight.add(range);
    }
  }

  /** Marks the quotes and passages of a source, and more clearly the passages for the open question `inHand`. */
  show(data, questions, inHand) {
    const indexOf = new Map(questions.map(({ id }, index) => [id, index]));
    const byTone = new Map(TONES.map((number) => [number, []]));
    for (const answer of data.answers) {
      const index = indexOf.get(answer.question);
      if (index !== undefined) byTone.get(tone(index)).push(...answer.quotes.flatMap(({ ranges }) => ranges));
    }
    for (const [number, ranges] of byTone) this.set(`quote-${number}`, ranges);
    const open = data.passages.filter(({ question }) => !isSettled(data, question));
    this.set('passage', open.flatMap(({ ranges }) => ranges));
    this.set('matched', open.flatMap(({ words }) => words));
    this.showInHand(data, inHand);
    this.showMargin(data, questions, indexOf);
  }

  showInHand(data, question) {
    const passages = isSettled(data, question) ? [] : data.passages.filter((passage) => passage.question === question);
    this.set('passage-in-hand', passages.flatMap(({ ranges }) => ranges));
  }

  /** Puts a button with the question's number beside each block that has a quote. */
  showMargin(data, questions, indexOf) {
    for (const old of this.pane.body.querySelectorAll('.margin')) {
      old.parentElement.style.removeProperty('--marks');
      old.remove();
    }
    const byBlock = new Map();
    for (const { question, quotes } of data.answers) {
      for (const { block } of quotes.flatMap(({ ranges }) => ranges.slice(0, 1))) {
        byBlock.set(block, (byBlock.get(block) ?? new Set()).add(question));
      }
    }
    for (const [block, ids] of byBlock) {
      const buttons = [...ids].filter((id) => indexOf.has(id)).map((id) => this.marginButton(questions[indexOf.get(id)], indexOf.get(id)));
      const element = this.pane.elementOf(block);
      const holder = element?.localName === 'tr' ? element.lastElementChild : element;
      holder?.append(el('span', { class: 'margin' }, buttons));
      // The style sheet makes a short paragraph high enough for its buttons, which would otherwise be cut off.
      holder?.style.setProperty('--marks', buttons.length);
    }
  }

  marginButton(question, index) {
    return button([el('span', { 'aria-hidden': 'true' }, index + 1), hidden(t('quote_of', { question: question.short }))],
      () => this.onOpen(question.id),
      { class: `tone-${tone(index)}`, title: t('quote_of', { question: question.short }), tabindex: '-1' });
  }

  close() {
    for (const name of NAMES) CSS.highlights.delete(name);
  }
}

/** Whether a question is answered or silent in this source: then its passages are not marked any more. */
const isSettled = ({ answers, silences }, question) =>
  answers.some((answer) => answer.question === question) || silences.some((silence) => silence.question === question);

/** Returns the questions that have a quote or a passage at a position, quotes first. */
export function questionsAt(data, { block, offset }) {
  const covers = (range) => range.block === block && range.start <= offset && offset <= range.end;
  const quoted = data.answers.filter(({ quotes }) => quotes.some(({ ranges }) => ranges.some(covers)));
  const found = data.passages.filter(({ ranges }) => ranges.some(covers));
  return [...new Set([...quoted, ...found].map(({ question }) => question))];
}

/**
 * Returns the questions with a passage that overlaps any of these ranges, in the order of the passages' scores.
 */
export function questionsIn(data, ranges) {
  const meets = (a) => ranges.some((b) => a.block === b.block && a.start < b.end && b.start < a.end);
  const found = data.passages.filter((passage) => passage.ranges.some(meets)).sort((a, b) => b.score - a.score);
  return [...new Set(found.map(({ question }) => question))];
}
