// The dialog for a new question.

import { openDialog } from './dialog.js';
import { el, field } from './dom.js';
import { tell } from './notices.js';
import { t } from './words.js';

/** Opens the dialog. `done` gets the id of the new question. */
export function openNewQuestion(desk, done) {
  const title = el('input', { type: 'text', required: true });
  const short = el('input', { type: 'text' });
  const terms = el('input', { type: 'text' });
  const positions = el('textarea', { rows: 4 });
  const hint = (key) => el('p', { class: 'hint' }, t(key));
  openDialog({
    title: t('new_question'),
    content: [field(t('question_title'), title), field(t('question_short'), short, hint('question_short_hint')),
      field(t('positions'), positions, hint('positions_hint')), field(t('terms'), terms, hint('terms_hint'))],
    action: t('create'),
    submit: async () => {
      const reply = await desk.change('new-question', {
        title: title.value.trim(), short: short.value.trim() || null,
        terms: parts(terms.value, ','), positions: parts(positions.value, '\n'),
      });
      await desk.untilBoard((board) => board.questions.some(({ id }) => id === reply.question));
      await desk.refresh();
      tell(t('question_created'));
      return () => done?.(reply.question);
    },
  });
}

const parts = (text, separator) => text.split(separator).map((part) => part.trim()).filter(Boolean);
