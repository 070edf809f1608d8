// The panel beside the document: all questions with their state for the source. One of them can be open, which is
// called *in hand*: with its answers, the form, passages found by rule, and whether the source is silent on it.

import { isRead } from './cells.js';
import { el, fill } from './dom.js';
import { dropDraft } from './drafts.js';
import { AnswerForm } from './form.js';
import { openMove } from './move.js';
import { say, tell, tellError } from './notices.js';
import { QuestionItem } from './question.js';
import { t } from './words.js';

export class Panel {
  list = el('ol', { class: 'questions' });
  handle = el('button', { type: 'button', class: 'handle', 'aria-expanded': 'false', onclick: () => this.setSheet(!this.isSheetOpen) });
  element = el('section', { class: 'panel', id: 'panel', 'aria-label': t('questions') }, this.handle, el('div', { class: 'panel-body' }, this.list));
  items = new Map();
  /** The id of the question in hand, or null. */
  inHand = null;
  form = null;

  constructor(reader) {
    this.reader = reader;
    this.desk = reader.desk;
    this.setSheet(false);
    this.update();
  }

  get source() {
    return this.reader.data.source.id;
  }

  get isSheetOpen() {
    return this.element.dataset.sheet === 'open';
  }

  /** Opens or closes the panel in narrow windows, where it is a sheet at the bottom. */
  setSheet(open) {
    this.element.dataset.sheet = open ? 'open' : 'closed';
    this.handle.setAttribute('aria-expanded', String(open));
    this.labelHandle();
  }

  /** While the sheet is closed, its handle names the question in hand. */
  labelHandle() {
    const short = !this.isSheetOpen && this.questionOf(this.inHand)?.short;
    fill(this.handle, el('span', {}, short || t('questions')), el('span', { class: 'soft' }, this.readText));
  }

  answer(id) {
    return id === null ? null : this.reader.data.answers.find((answer) => answer.id === id) ?? null;
  }

  questionOf(id) {
    return this.desk.board.questions.find((question) => question.id === id);
  }

  stateOf(id) {
    const { board } = this.desk;
    const row = board.questions.findIndex((question) => question.id === id);
    const column = board.sources.findIndex((source) => source.id === this.source);
    return board.cells[row]?.[column] ?? 'unexamined';
  }

  /** The names that this source attributes words to: first those in saved answers, then those in passages. */
  names() {
    const { answers, passages } = this.reader.data;
    return [...answers, ...passages].map(({ to }) => to).filter(Boolean);
  }

  /** Shows the source's current data. The form and the question in hand stay. */
  update() {
    const { questions } = this.desk.board;
    if (this.inHand !== null && !this.questionOf(this.inHand)) this.leaveQuestion();
    for (const [id, item] of this.items) {
      if (questions.some((question) => question.id === id)) continue;
      item.element.remove();
      this.items.delete(id);
    }
    questions.forEach((question, index) => {
      if (!this.items.has(question.id)) this.items.set(question.id, new QuestionItem(this, question.id));
      const item = this.items.get(question.id);
      item.update(question, index);
      // An element in its place is not moved, because it would lose the focus.
      if (this.list.children[index] !== item.element) this.list.insertBefore(item.element, this.list.children[index] ?? null);
    });
    this.form?.updateQuestion();
    const read = questions.filter(({ id }) => isRead(this.stateOf(id))).length;
    this.readText = t('read_of', { read, cells: questions.length });
    this.labelHandle();
  }

  /** Closes the question in hand, which no longer exists: its id was changed, or its file was removed. */
  leaveQuestion() {
    this.closeForm({ quietly: true });
    this.inHand = null;
    this.reader.noteInHand(null);
  }

  /** Takes a question in hand: opens it, and its form if that has unsaved text. */
  take(question, { reveal = true, focus = false } = {}) {
    if (this.inHand !== question) {
      this.closeForm({ quietly: true });
      const before = this.items.get(this.inHand);
      this.inHand = this.items.has(question) ? question : null;
      before?.update();
    }
    const item = this.items.get(this.inHand);
    this.reader.noteInHand(this.inHand);
    this.update();
    if (!item) return;
    item.openUnsaved();
    item.element.scrollIntoView({ block: 'nearest' });
    if (focus) item.head.focus();
    if (reveal) this.reader.revealQuestion(this.inHand);
  }

  /** Opens the form of an answer, or of a new one. Returns the form. */
  openForm(question, answer) {
    if (this.inHand !== question) this.take(question, { reveal: false });
    if (this.form && this.form.question === question && this.form.id === (answer?.id ?? null)) return this.form;
    this.closeForm({ quietly: true });
    this.form = new AnswerForm(this, question, answer);
    this.setSheet(true);
    this.items.get(question).showForm(this.form);
    return this.form;
  }

  /**
   * Closes the form. Unsaved text is kept, and filled in again when the answer is next opened. `quietly` leaves
   * the focus to the caller.
   */
  closeForm({ quietly = false } = {}) {
    const { form } = this;
    if (!form) return;
    const isFocused = form.element.contains(document.activeElement);
    this.form = null;
    form.close();
    form.element.remove();
    this.items.get(form.question)?.update();
    if (form.isChanged) tell(t('kept_unsaved'));
    if (isFocused && !quietly) this.items.get(form.question)?.head.focus();
  }

  async saveAnswer(form, id) {
    await this.desk.change('save-answer', { source: this.source, id, answer: form.answer });
  }

  saved(form) {
    const { read, cells_total: cells } = this.desk.board;
    this.closeForm({ quietly: true });
    this.setSheet(false);
    this.reader.focusDocument();
    tell(t('saved', { question: this.questionOf(form.question)?.short ?? '', read, cells }), { label: t('next_unread'), run: () => this.desk.openNext(this.reader.at) });
  }

  /** Makes a change, and says `told` if it succeeded. Returns whether it did. */
  async change(action, values, told, undoable = false) {
    try {
      await this.desk.change(action, { source: this.source, ...values });
    } catch (error) {
      tellError(error.kind === 'changed' ? Object.assign(error, { help: error.help || t('look_again') }) : error);
      if (error.kind === 'changed') await this.desk.refresh();
      if (!error.kind) throw error;
      return false;
    }
    if (undoable) tell(told, { label: t('undo'), run: () => this.desk.step('undo') });
    else tell(told);
    return true;
  }

  async deleteAnswer(id) {
    const { question } = this.answer(id) ?? {};
    if (this.form?.id === id) {
      dropDraft(this.source, question, id);
      this.form.isChanged = false;
      this.closeForm({ quietly: true });
    }
    if (await this.change('delete-answer', { id }, t('deleted'), true)) this.items.get(question)?.head.focus();
  }

  /** Asks to which answer a saved quote is moved, and moves it. */
  moveQuote({ id, isChanged }, index) {
    if (isChanged) {
      tell(t('save_first'));
      return;
    }
    openMove(this, id, async (to, question) => {
      if (this.form?.id === id) this.closeForm({ quietly: true });
      await this.change('move-quote', { id, quote: index, to, question }, t('moved'), true);
    });
  }

  async setSilent(question, reason) {
    if (!(await this.change('set-silent', { question, reason: reason || null }, t('silent_saved')))) return false;
    this.setSheet(false);
    this.reader.focusDocument();
    return true;
  }

  clearSilent(question) {
    return this.change('clear-silent', { question }, t('silent_cleared'), true);
  }

  /** Opens a form with the quote of a passage that was found by rule. */
  takePassage(passage) {
    const words = passage.cues.map(({ block, start, end }) => this.reader.pane.text(block).slice(start, end));
    const form = this.openForm(passage.question, null);
    form.addQuote({ written: passage.quote, place: null, ranges: this.reader.rangesOfQuote(passage), isProved: true },
      { voice: passage.voice, to: passage.to, cueWords: words });
    form.focus();
    say(t('taken'));
  }

  close() {
    this.form?.close();
  }
}
