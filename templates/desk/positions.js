// The dialog of a question: labels of its positions, merging two of them, and ids.

import { openDialog } from './dialog.js';
import { button, el, field, fill } from './dom.js';
import { letter } from './fields.js';
import { tell } from './notices.js';
import { t } from './words.js';

export function openPositions(desk, id) {
  const question = desk.board.questions.find((known) => known.id === id);
  const labels = question.positions.map(({ label }, index) => el('input', { type: 'text', value: label, 'aria-label': t('label_of', { number: index + 1 }) }));
  const ids = el('input', { type: 'text', value: id, spellcheck: 'false', autocapitalize: 'off' });
  const rows = labels.map((input, index) => el('div', { class: 'label-row' }, letter(index), input));
  const dialog = openDialog({
    title: question.title,
    content: [
      el('h3', {}, t('positions')),
      rows.length > 0 ? rows : el('p', { class: 'soft' }, t('positions_none')),
      rows.length > 1 ? mergeFields(desk, question, () => dialog.close()) : null,
      el('h3', {}, t('id')),
      field(t('question_id'), ids, el('p', { class: 'hint' }, t('rename_hint'))),
    ].flat(),
    action: t('save'),
    submit: () => save(desk, question, labels.map(({ value }) => value.trim()), ids.value.trim()),
  });
}

async function save(desk, question, labels, id) {
  let changes = 0;
  for (const [index, position] of question.positions.entries()) {
    if (!labels[index] || labels[index] === position.label) continue;
    await desk.change('rename-position-label', { question: question.id, position: position.id, label: labels[index] });
    changes += 1;
  }
  if (id && id !== question.id) await desk.renamed('question', question.id, id);
  else if (changes > 0) tell(t('changed'), { label: t('undo'), run: () => desk.step('undo') });
}

/** Two lists: which position is to become which. */
function mergeFields(desk, question, close) {
  const from = choice(question.positions, 0);
  const into = choice(question.positions, 1);
  const merge = button(t('merge'), async () => {
    if (from.value === into.value) return;
    await desk.change('merge-positions', { question: question.id, from: from.value, into: into.value });
    close();
    tell(t('merged'), { label: t('undo'), run: () => desk.step('undo') });
  });
  const group = el('fieldset', { class: 'merge' });
  fill(group, el('legend', {}, t('merge_positions')), field(t('merge_from'), from), field(t('merge_into'), into), merge);
  return group;
}

const choice = (positions, selected) =>
  el('select', {}, positions.map(({ id, label }, index) => el('option', { value: id, selected: index === selected }, label)));

/** The dialog that renames the id of a source. */
export function openRenameSource(desk, id) {
  const input = el('input', { type: 'text', value: id, spellcheck: 'false', autocapitalize: 'off' });
  openDialog({
    title: t('rename_source'),
    content: field(t('source_id'), input, el('p', { class: 'hint' }, t('rename_hint'))),
    action: t('save'),
    submit: async () => {
      const name = input.value.trim();
      if (name && name !== id) await desk.renamed('source', id, name);
    },
  });
}
