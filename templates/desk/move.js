// The dialog that asks to which answer a quote is moved: another answer of this source, or a new one.

import { openDialog } from './dialog.js';
import { el, field } from './dom.js';
import { t } from './words.js';

/** Opens the dialog. `from` is the id of the quote's answer. `move(answer, question)` gets one id, and null. */
export function openMove(panel, from, move) {
  const { questions } = panel.desk.board;
  const short = (id) => questions.find((question) => question.id === id)?.short ?? id;
  const answers = panel.reader.data.answers.filter(({ id }) => id !== from);
  const select = el('select', {},
    answers.length > 0
      ? el('optgroup', { label: t('other_answers') }, answers.map(({ id, question, summary }) =>
        el('option', { value: `answer ${id}` }, `${short(question)}: ${summary || t('no_summary')}`)))
      : null,
    el('optgroup', { label: t('new_answer_to') }, questions.map(({ id, short: name }) => el('option', { value: `question ${id}` }, name))));
  openDialog({
    title: t('move_quote'),
    content: field(t('move_to'), select),
    action: t('move'),
    submit: () => {
      const [kind, id] = select.value.split(' ');
      return kind === 'answer' ? move(id, null) : move(null, id);
    },
  });
}
