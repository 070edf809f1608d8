// One question in the panel: its head with the state for this source. If it is in hand (open), also its answers,
// passages found by rule, and silence.

import { isRead, sign, stateWord, tone } from './cells.js';
import { button, el, field, fill, hidden, isNew, keepFocus, keyHint, newId } from './dom.js';
import { adoptDraft, draftsOf } from './drafts.js';
import { letter } from './fields.js';
import { openPositions } from './positions.js';
import { isError, problemList } from './problems.js';
import { t } from './words.js';

const MAX_PASSAGES = 5;

export class QuestionItem {
  title = el('p', { class: 'question-title' });
  answers = el('div', { class: 'answers' });
  slot = el('div', { class: 'form-slot' });
  found = el('div', { class: 'found' });
  silence = el('div', { class: 'silence' });

  constructor(panel, id) {
    Object.assign(this, { panel, id });
    const detailId = newId('question');
    this.head = el('button', { type: 'button', class: 'question-head', 'aria-controls': detailId, 'data-key': `question ${id}`, onclick: () => this.toggle() });
    this.detail = el('div', { class: 'detail', id: detailId, hidden: true }, this.title, this.answers, this.slot, this.found, this.silence);
    this.element = el('li', { class: 'question', 'data-question': id }, el('h2', {}, this.head), this.detail);
  }

  get isInHand() {
    return this.panel.inHand === this.id;
  }

  get data() {
    return this.panel.reader.data;
  }

  toggle() {
    this.panel.take(this.isInHand ? null : this.id);
  }

  update(question = this.question, index = this.index) {
    Object.assign(this, { question, index });
    const state = this.panel.stateOf(this.id);
    const unsaved = draftsOf(this.panel.source, this.id).length > 0;
    if (isNew(this.head, [question.short, index, state, unsaved])) fill(this.head, sign(state), el('span', { class: `question-number tone-${tone(index)}`, 'aria-hidden': 'true' }, index + 1),
      el('span', { class: 'question-short' }, question.short),
      el('span', { class: 'question-state' }, unsaved ? t('unsaved') : stateWord(state)));
    this.head.setAttribute('aria-expanded', String(this.isInHand));
    this.element.className = this.isInHand ? 'question in-hand' : 'question';
    this.detail.hidden = !this.isInHand;
    if (!this.isInHand) this.silenceForm = null;
    if (this.isInHand) keepFocus(this.detail, () => this.renderDetail(state), this.head);
    else if (isNew(this.detail, null)) for (const part of [this.title, this.answers, this.found, this.silence]) fill(part);
  }

  renderDetail(state) {
    const answers = this.data.answers.filter(({ question }) => question === this.id);
    const passages = this.data.passages.filter(({ question, quote }) => question === this.id && quote !== null);
    const silence = this.data.silences.find(({ question }) => question === this.id);
    const form = this.panel.form?.question === this.id ? this.panel.form.id ?? 'new' : null;
    if (!isNew(this.detail, [this.question, state, answers, passages, silence, form, Boolean(this.silenceForm)])) return;
    fill(this.title, this.question.title, ' ', button([t('edit_question_short'), hidden(`: ${this.question.short}`)],
      () => openPositions(this.panel.desk, this.id), { class: 'plain', 'data-key': 'edit-question' }));
    fill(this.answers, answers.map((answer, at) => this.answerView(answer, at === 0)));
    const isFormOpen = form !== null;
    fill(this.found, isRead(state) || passages.length === 0 || isFormOpen ? null : this.foundView(passages));
    if (!this.silenceForm) fill(this.silence, silence ? this.silenceView(silence) : answers.length === 0 && !isFormOpen ? this.emptyView() : null);
  }

  answerView(answer, isFirst) {
    const { form } = this.panel;
    if (form && form.id === answer.id) return null;
    const position = this.question.positions.findIndex(({ id }) => id === answer.position);
    const problems = answer.problems.filter((problem) => isError(problem) || answer.is_draft);
    return el('article', { class: 'answer', 'aria-label': answer.summary || t('no_summary') },
      el('p', { class: 'answer-position' }, position < 0 ? null : letter(position), position < 0 ? answer.position || t('no_position') : this.question.positions[position].label),
      el('p', { class: answer.summary ? 'answer-summary' : 'answer-summary soft' }, answer.summary || t('no_summary')),
      answer.quotes.map((quote) => this.quoteView(quote)),
      answer.voice ? el('p', { class: 'soft answer-voice' }, [t(`voice_${answer.voice}`), answer.to].filter(Boolean).join(', ')) : null,
      problems.length > 0 ? problemList(problems) : null,
      el('p', { class: 'actions' },
        button([t('change'), isFirst ? keyHint('e') : ''], () => this.edit(answer), { class: 'plain', 'data-key': `change ${answer.id}` }),
        button(t('delete'), () => this.panel.deleteAnswer(answer.id), { class: 'plain dangerous', 'data-key': `delete ${answer.id}` })));
  }

  quoteView({ written, text, place, ranges }) {
    if (ranges.length === 0) return el('p', { class: 'quote bad' }, el('q', {}, written), ' ', el('small', {}, t('not_proved')));
    return button([el('q', {}, text ?? written), ' ', el('small', {}, [`✓`, place].filter(Boolean).join(' '))],
      () => this.panel.reader.reveal(ranges[0], { flash: true }), { class: 'quote', title: t('show') });
  }

  foundView(passages) {
    return [
      el('h3', {}, t('found_by_rule')),
      el('ul', {}, passages.slice(0, MAX_PASSAGES).map((passage, index) => el('li', {},
        button([el('q', {}, passage.quote)], () => this.panel.reader.reveal(passage.ranges[0], { flash: true }), { class: 'quote', title: t('show') }),
        button([t('take_over'), index === 0 ? keyHint('t') : null, hidden(`: ${passage.quote}`)], () => this.panel.takePassage(passage), { 'data-key': `take ${index}` })))),
    ];
  }

  silenceView({ reason }) {
    return el('div', { class: 'silent-note' },
      el('p', {}, el('b', {}, t('is_silent')), reason ? ` ${reason}` : null),
      el('p', { class: 'actions' },
        button(t('change'), () => this.openSilence(reason), { 'data-key': 'silence' }),
        button(t('not_silent'), () => this.panel.clearSilent(this.id), { 'data-key': 'not-silent' })));
  }

  emptyView() {
    return el('p', { class: 'empty-note' }, el('span', { class: 'soft' }, t('select_words')), ' ',
      button([t('silent'), keyHint('s')], () => this.openSilence(null), { 'data-key': 'silence' }));
  }

  /** Opens the field for the reason why the source is silent on this question. */
  openSilence(reason) {
    const input = el('textarea', { rows: 2 }, reason ?? '');
    const close = () => {
      this.silenceForm = null;
      this.update();
    };
    const save = async () => {
      this.silenceForm = null;
      if (!(await this.panel.setSilent(this.id, input.value.trim()))) this.openSilence(input.value);
    };
    this.silenceForm = el('form', {
      class: 'silence-form',
      onsubmit: (event) => { event.preventDefault(); save(); },
      onkeydown: (event) => {
        // An input method ends its own input with Enter.
        if (event.isComposing) return;
        if (event.key === 'Enter' && !event.shiftKey) save();
        else if (event.key === 'Escape') { close(); this.head.focus(); } else return;
        event.preventDefault();
      },
    }, field(t('silent_reason'), input),
    el('p', { class: 'actions' }, el('button', { type: 'submit', class: 'primary' }, t('silent_save'), keyHint('↵')), button(t('cancel'), () => { close(); this.head.focus(); })));
    fill(this.silence, this.silenceForm);
    this.panel.setSheet(true);
    input.focus();
    this.element.scrollIntoView({ block: 'nearest' });
  }

  edit(answer) {
    this.panel.openForm(this.id, answer).focus();
  }

  /** Opens the form again if it was left with unsaved text. */
  openUnsaved() {
    if (this.panel.form) return;
    const [id] = draftsOf(this.panel.source, this.id);
    if (id === undefined) return;
    const answer = id === 'new' ? null : this.panel.answer(id);
    if (id !== 'new' && !answer) adoptDraft(this.panel.source, this.id, id);
    this.panel.openForm(this.id, answer);
  }

  showForm(form) {
    this.silenceForm = null;
    fill(this.slot, form.element);
    this.update();
  }
}
