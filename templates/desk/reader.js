// The reader: the document on the left, the questions on the right, and the bar for selected words. The parts
// reach each other only through the reader.

import { isRead, progress, readPath } from './cells.js';
import { button, el, fill, isNew, keepFocus } from './dom.js';
import { DocumentPane } from './document.js';
import { Marks, questionsAt } from './marks.js';
import { say } from './notices.js';
import { Panel } from './panel.js';
import { openRenameSource } from './positions.js';
import { problemList } from './problems.js';
import { openNewQuestion } from './questions.js';
import { QuoteBar } from './quotebar.js';
import { fromProof } from './quotes.js';
import { Selecting } from './selection.js';
import { number, t } from './words.js';

const FLASH_MS = 1_200;

export class Reader {
  constructor(desk, data, question) {
    Object.assign(this, { desk, data });
    this.pane = new DocumentPane();
    this.head = el('div', { class: 'document-head' });
    this.scroller = el('div', { class: 'document', tabindex: '0', role: 'region', 'aria-label': t('document'), 'aria-describedby': 'document-help', id: 'document' },
      el('p', { id: 'document-help', hidden: true }, t('document_help')),
      el('article', {}, this.head, this.pane.body));
    this.marks = new Marks(this.pane, (id) => this.panel.take(id, { reveal: false, focus: true }));
    this.selecting = new Selecting(this.pane, this.scroller, this.marks, {
      onChange: (selected) => this.bar.show(selected),
      onClick: (position) => this.openAt(position),
      onWord: (word) => say(word),
    });
    this.panel = new Panel(this);
    this.bar = new QuoteBar(this);
    this.selecting.holdWhilePressed(this.bar.element);
    this.element = el('main', { class: 'reader', id: 'main' },
      el('div', { class: 'document-side' }, this.scroller, this.bar.element), this.panel.element);
    this.showDocument();
    this.take(question);
  }

  get title() {
    return this.data.source.short;
  }

  get at() {
    return { source: this.data.source.id, question: this.panel.inHand };
  }

  get heading() {
    const { short, read, cells, id } = this.data.source;
    const { sources } = this.desk.board;
    const at = sources.findIndex((source) => source.id === id);
    const link = (source, sign, word) => source && el('a', { class: 'icon', 'data-key': word, href: readPath(source.id), 'aria-label': `${t(word)}: ${source.short}`, title: `${t(word)}: ${source.short}` }, sign);
    return el('div', { class: 'place-source' },
      link(sources[at - 1], '‹', 'source_before'), el('b', {}, short), link(sources[at + 1], '›', 'source_after'),
      progress(read, cells, t('read_of', { read, cells })));
  }

  get keys() {
    const hasPassage = () => this.passages().length > 0;
    return [
      { key: 'n', word: t('key_next'), run: () => this.desk.openNext(this.at) },
      { key: 'j', word: t('key_question_next'), run: () => this.step(1) },
      { key: 'k', word: t('key_question_before'), run: () => this.step(-1) },
      { key: 't', word: t('key_take'), when: hasPassage, run: () => this.panel.takePassage(this.passages()[0]) },
      { key: 'e', word: t('key_edit'), run: () => this.edit() },
      { key: 's', word: t('key_silent'), run: () => this.openSilence() },
      { key: 'w', word: t('key_new_question'), run: () => this.newQuestion() },
      { key: 'd', word: t('key_document'), run: () => this.focusDocument() },
      { key: 'q', word: t('key_questions'), run: () => this.focusQuestion() },
      { shown: ['←', '→'], word: t('key_words') },
      { shown: ['↑', '↓'], word: t('key_sentences') },
      { shown: ['Ctrl ↑', 'Ctrl ↓'], word: t('key_paragraphs') },
      { shown: ['Shift + ← → ↑ ↓'], word: t('key_select') },
      { shown: ['1 – 9'], word: t('key_position') },
      { shown: ['Ctrl ↵'], word: t('key_save') },
      { shown: ['Esc'], word: t('key_close') },
    ];
  }

  focus() {
    this.focusDocument();
  }

  focusDocument() {
    this.scroller.focus({ preventScroll: true });
  }

  focusQuestion() {
    this.panel.setSheet(true);
    const item = this.panel.items.get(this.panel.inHand) ?? [...this.panel.items.values()][0];
    (this.panel.form ?? item?.head)?.focus();
  }

  /** Shows new data from the server. */
  update(data) {
    this.data = data;
    this.showDocument();
    this.panel.update();
  }

  async showDocument() {
    const { document: text, source } = this.data;
    if (isNew(this.head, [source, this.data.problems])) keepFocus(this.head, () => fill(this.head, this.documentHead()), this.scroller);
    if (text) {
      // If the text has changed, the keyboard's place in the old text has no meaning.
      if (this.pane.show(text.blocks, source.language)) Object.assign(this.selecting, { word: null, anchor: null });
    } else this.pane.showNothing(source.record);
    await this.pane.ready;
    this.marks.show(this.data, this.desk.board.questions, this.panel.inHand);
  }

  documentHead() {
    const { title, publisher, published, words, url, caution, id } = this.data.source;
    const facts = [publisher, published, words ? t('words_count', { words: number(words) }) : null].filter(Boolean).join(' · ');
    return [
      el('h1', {}, title),
      el('p', { class: 'facts' }, facts, ...(url ? [' · ', el('a', { href: url, target: '_blank', rel: 'noreferrer' }, t('original'))] : []),
        ' · ', button(id, () => openRenameSource(this.desk, id), { class: 'plain', title: t('rename_source'), 'data-key': 'rename' })),
      caution ? el('p', { class: 'caution' }, caution) : null,
      this.data.problems.length > 0 ? problemList(this.data.problems, { withPlace: true }) : null,
    ];
  }

  /** Takes a question in hand: opens it in the panel. */
  take(question) {
    this.panel.take(question);
  }

  step(by) {
    const { questions } = this.desk.board;
    const index = questions.findIndex(({ id }) => id === this.panel.inHand);
    const next = questions[index < 0 ? (by > 0 ? 0 : questions.length - 1) : index + by];
    if (!next) return;
    this.panel.take(next.id);
    say(`${next.short}, ${this.panel.items.get(next.id).head.lastElementChild.textContent}`);
  }

  edit() {
    const answer = this.data.answers.find(({ question }) => question === this.panel.inHand);
    if (answer) this.panel.openForm(answer.question, answer).focus();
    else this.panel.form?.focus();
  }

  openSilence() {
    const item = this.panel.items.get(this.panel.inHand);
    const hasAnswer = this.data.answers.some(({ question }) => question === this.panel.inHand);
    if (item && !hasAnswer && !this.panel.form) item.openSilence(this.data.silences.find(({ question }) => question === item.id)?.reason ?? null);
  }

  newQuestion() {
    openNewQuestion(this.desk, (id) => this.panel.take(id, { focus: true }));
  }

  passages() {
    const { inHand, form } = this.panel;
    if (form || inHand === null || isRead(this.panel.stateOf(inHand))) return [];
    return this.data.passages.filter(({ question, quote }) => question === inHand && quote !== null);
  }

  /** Writes the question in hand into the address, without a new entry in the browser's history. */
  noteInHand(question) {
    history.replaceState(null, '', readPath(this.data.source.id, question));
    this.marks.showInHand(this.data, question);
  }

  /** After a press at a position: opens the question of the quote or passage there, unless a form is open. */
  openAt(position) {
    const found = questionsAt(this.data, position);
    if (found.length === 0 || this.panel.form || found.includes(this.panel.inHand)) return;
    this.panel.take(found[0], { reveal: false });
  }

  /**
   * Ranks what selected words can be a quote for, the likeliest first. `here` are the questions with a passage
   * there.
   */
  quoteChoices(here) {
    const { questions } = this.desk.board;
    const { inHand, form } = this.panel;
    const state = (id) => this.panel.stateOf(id);
    const isFirst = (id) => id === (form?.question ?? (isRead(state(inHand)) ? null : inHand));
    const rank = ({ id }) => (isFirst(id) ? 0 : here.includes(id) ? 1 + here.indexOf(id) : isRead(state(id)) ? 2_000 : 1_000);
    const ranked = questions.map((question, index) => ({ question, index })).sort((a, b) => rank(a.question) - rank(b.question) || a.index - b.index);
    const choices = ranked.map(({ question }) => ({ question, state: state(question.id), isInHand: form?.question === question.id }));
    // The saved answers, to which the quote can be added, come after all new answers.
    const saved = ranked.flatMap(({ question }) => this.data.answers.filter((answer) => answer.question === question.id && form?.id !== answer.id)
      .map((answer) => ({ question, state: state(question.id), answer: answer.id, summary: answer.summary || t('no_summary') })));
    return [...choices, ...saved];
  }

  /** Adds a quote to the open form, or opens the form of the chosen answer with it. */
  quoteFor({ question, answer, isInHand }, proof) {
    const { panel } = this;
    const form = isInHand ? panel.form : panel.openForm(question.id, answer ? panel.answer(answer) : null);
    panel.setSheet(true);
    form.addQuote(fromProof(proof), { voice: proof.voice, to: proof.to, cueWords: proof.cue_words });
    this.selecting.putWord({ block: proof.ranges[0].block, offset: proof.ranges[0].start });
    form.focus();
    panel.items.get(question.id).element.scrollIntoView({ block: 'start' });
    say(t('quote_added', { question: question.short }));
  }

  /** Returns where the quote of a passage is, which may have fewer words than the passage. */
  rangesOfQuote({ ranges, quote }) {
    const [first] = ranges;
    const start = first ? this.pane.text(first.block).indexOf(quote, first.start) : -1;
    return start < 0 ? ranges : [{ block: first.block, start, end: start + quote.length }];
  }

  async reveal(range, { flash = false } = {}) {
    await this.pane.reveal(range);
    this.selecting.putWord({ block: range.block, offset: range.start });
    if (!flash) return;
    const element = this.pane.elementOf(range.block);
    element?.classList.add('flash');
    setTimeout(() => element?.classList.remove('flash'), FLASH_MS);
  }

  /** Scrolls to what the document says on a question: its first quote, otherwise the best passage. */
  revealQuestion(id) {
    const answer = this.data.answers.find(({ question }) => question === id);
    const quote = answer?.quotes.find(({ ranges }) => ranges.length > 0);
    const passage = this.data.passages.find(({ question }) => question === id);
    const range = (quote ?? passage)?.ranges[0];
    if (range) this.reveal(range);
  }

  markInHand(ranges) {
    this.marks.set('in-hand', ranges);
  }

  close() {
    this.selecting.close();
    this.panel.close();
    this.bar.show(null);
    this.marks.close();
  }
}
