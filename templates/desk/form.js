// The form of one answer: position, summary, quotes, voice. It shows at once the problems that a build would
// report, keeps unsaved text, and shows both versions if another program changed the answer meanwhile.

import { check } from './api.js';
import { conflictView } from './conflict.js';
import { button, debounce, el, field, fill, isTyping, keyHint } from './dom.js';
import { dropDraft, keepDraft, readDraft } from './drafts.js';
import { PositionField, VoiceField } from './fields.js';
import { say, tellError } from './notices.js';
import { fieldLacking, problemList } from './problems.js';
import { QuoteList, fromSaved } from './quotes.js';
import { t } from './words.js';

const CHECK_DELAY_MS = 300;

export class AnswerForm {
  problems = el('div', { class: 'form-problems', 'aria-live': 'polite' });
  conflict = el('div', {});
  restored = el('p', { class: 'restored', hidden: true });
  isChanged = false;

  /**
   * `answer` is the saved answer, or null for a new one. `host` is the panel, which knows source and questions.
   */
  constructor(host, question, answer) {
    Object.assign(this, { host, question, id: answer?.id ?? null });
    this.position = new PositionField(() => this.changed());
    this.voice = new VoiceField(() => { this.isVoiceChosen = true; this.changed(); });
    this.quotes = new QuoteList({
      onChange: () => this.changed(),
      onShow: (ranges) => host.reader.reveal(ranges[0]),
      onMove: (index) => host.moveQuote(this, index),
    });
    this.summary = el('textarea', { rows: 2, oninput: () => this.changed() });
    this.context = el('textarea', { rows: 2, oninput: () => this.changed() });
    this.more = el('details', {}, el('summary', {}, t('more')), field(t('context'), this.context));
    this.element = this.build();
    this.checkSoon = debounce(CHECK_DELAY_MS, () => this.check());
    this.updateQuestion();
    this.load(answer);
    this.restore();
    this.checkSoon();
  }

  build() {
    return el('form', {
      class: 'answer-form', 'aria-label': t('answer_form'), novalidate: true,
      onsubmit: (event) => { event.preventDefault(); this.save(); },
      onkeydown: (event) => this.onKey(event),
    },
      this.restored, this.conflict, this.quotes.element, this.position.element, field(t('summary'), this.summary), this.voice.element, this.more, this.problems,
      el('div', { class: 'form-end' },
        el('button', { type: 'submit', class: 'primary', 'data-key': 'save' }, t('save'), keyHint('Ctrl ↵')),
        button(t('cancel'), () => this.host.closeForm(), { 'data-key': 'cancel' }),
        this.id === null ? null : button(t('delete'), () => this.host.deleteAnswer(this.id), { class: 'dangerous', 'data-key': 'delete' })));
  }

  onKey(event) {
    // An input method ends its own input with Enter.
    if (event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && (isCommand || event.target.matches('input'))) {
      event.preventDefault();
      if (isCommand || event.target === this.voice.to) this.save();
      else this.summary.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.host.closeForm();
    } else if (/^[1-9]$/.test(event.key) && !isCommand && !event.altKey && !isTyping(event.target)) {
      if (!this.position.choose(Number(event.key))) return;
      event.preventDefault();
      this.summary.focus();
    }
  }

  /** Fills the form with a saved answer; empties it if that is null. */
  load(answer) {
    this.setValues({
      position: answer?.position ?? null, new_position: null, summary: answer?.summary ?? '',
      voice: answer?.voice ?? null, to: answer?.to ?? null, context: answer?.context ?? null,
      quotes: (answer?.quotes ?? []).map(fromSaved),
    });
    this.voice.showCues([]);
    this.isVoiceChosen = answer !== null;
    this.isChanged = false;
  }

  setValues({ position, new_position: label, summary, voice, to, context, quotes }) {
    this.position.set(position, label);
    this.summary.value = summary;
    this.voice.set(voice, to);
    this.context.value = context ?? '';
    this.more.open = Boolean(context);
    this.quotes.set(quotes);
    this.host.reader.markInHand(this.quotes.ranges);
  }

  /** Fills in the text that was left unsaved earlier, if there is any. */
  restore() {
    const draft = readDraft(this.host.source, this.question, this.id);
    if (!draft) return;
    this.setValues(draft);
    this.isChanged = true;
    this.restored.hidden = false;
    fill(this.restored, el('span', {}, t('restored')), button(t('discard'), () => this.discard(), { class: 'plain' }));
  }

  discard() {
    dropDraft(this.host.source, this.question, this.id);
    this.restored.hidden = true;
    this.isChanged = false;
    if (this.id === null) return this.host.closeForm();
    this.load(this.host.answer(this.id));
    this.checkSoon();
    return this.summary.focus();
  }

  /** Takes over changes of the question and of the saved answer. Keeps what the user is writing. */
  updateQuestion() {
    const question = this.host.questionOf(this.question);
    if (!question) return;
    this.position.setPositions(question.positions);
    this.voice.offerNames(this.host.names());
    const saved = this.host.answer(this.id);
    if (saved) this.quotes.update(saved.quotes);
  }

  /** Adds a quote. Also fills in the voice of its words, unless a voice or name is there already. */
  addQuote(quote, { voice, to, cueWords }) {
    this.quotes.add(quote);
    if (this.isVoiceChosen || !this.voice.isEmpty) return;
    this.voice.suggest(voice, to);
    this.voice.showCues(cueWords);
  }

  /** Enters the name that the answer is attributed to. If the voice is empty or `own`, it becomes `attributed`. */
  setName(name) {
    const { voice } = this.voice.value;
    this.voice.set(voice && voice !== 'own' ? voice : 'attributed', name);
    this.isVoiceChosen = true;
    this.changed();
    this.focus();
  }

  /** Moves the focus to the position or, if one is chosen, to the summary. */
  focus() {
    if (!this.position.isChosen) this.position.focus();
    else this.summary.focus();
  }

  /** Whether the answer has more than a quote. Until then, missing fields are not reported as problems. */
  get isBegun() {
    return this.id !== null || this.position.isChosen || this.summary.value.trim() !== '';
  }

  get answer() {
    return {
      question: this.question, ...this.position.value, summary: this.summary.value.trim(), quotes: this.quotes.value,
      ...this.voice.value, context: this.context.value.trim() || null,
    };
  }

  changed() {
    this.isChanged = true;
    const { quotes, ...values } = this.answer;
    keepDraft(this.host.source, this.question, this.id, { ...values, summary: this.summary.value, quotes: this.quotes.quotes });
    this.host.reader.markInHand(this.quotes.ranges);
    this.checkSoon();
  }

  async check() {
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const { problems } = await check(this.host.source, this.id, this.answer, this.abort.signal);
      if (!this.element.isConnected) return;
      this.showProblems(this.isBegun ? problems : problems.filter((problem) => !fieldLacking(problem)));
    } catch (error) {
      // If another program changed the answer, both versions are shown when it is saved, so nothing is said here.
      if (error.name !== 'AbortError' && error.kind !== 'changed') tellError(error);
    }
  }

  showProblems(problems) {
    this.quotes.showProblems(problems);
    const signature = JSON.stringify(problems);
    if (signature === this.shownProblems) return;
    this.shownProblems = signature;
    fill(this.problems, problems.length > 0 ? problemList(problems) : null);
  }

  async save(id = this.id) {
    if (this.isSaving) return;
    if (this.quotes.value.length === 0) {
      say(t('no_quotes_yet'));
      this.quotes.hint.classList.add('wanted');
      return;
    }
    this.isSaving = true;
    try {
      await this.host.saveAnswer(this, id);
      dropDraft(this.host.source, this.question, this.id);
      this.isChanged = false;
      this.host.saved(this);
    } catch (error) {
      if (error.kind === 'changed') this.showConflict(error.current);
      else tellError(error);
      if (!error.kind) throw error;
    } finally {
      this.isSaving = false;
    }
  }

  showConflict(current) {
    const mine = this.answer;
    const positions = this.host.questionOf(this.question)?.positions ?? [];
    fill(this.conflict, conflictView({ mine, current, positions,
      onKeepMine: () => { fill(this.conflict); this.save(current?.id ?? null); },
      onTakeTheirs: () => this.takeTheirs(current),
    }));
    this.conflict.firstElementChild.focus();
    say(t('conflict'));
  }

  /** Discards the form's text, and fills the form with the answer as it is in the file. */
  takeTheirs(current) {
    dropDraft(this.host.source, this.question, this.id);
    fill(this.conflict);
    if (!current) return this.host.closeForm();
    this.id = current.id;
    this.load(current);
    this.checkSoon();
    return this.summary.focus();
  }

  close() {
    this.checkSoon.cancel();
    this.abort?.abort();
    this.host.reader.markInHand([]);
  }
}
