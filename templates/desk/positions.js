// The dialog of a question: labels of its positions, merging two of them, and ids.

import { openDialog } from './dialog.js';
import { button, el, field, fill } from './dom.js';
import { letter } from './fields.js';
import { tell } from './notices.js';
import { t } from './words.js';

export function openPositions(desk, id) {
  const question = desk.board.questions.find((known) => known.id === id);
  const labels = question.positions.map(({ label }, index) => el('input', { type: 'text', value: label, 'aria-label': t('label_of', { number: index + 1 }) }));
  const positionIds = question.positions.map((position, index) => idInput(position.id, { 'aria-label': t('id_of', { number: index + 1 }) }));
  const questionId = idInput(id);
  const rows = labels.map((input, index) => el('div', { class: 'label-row' }, letter(index), input, positionIds[index]));
  const opened = openDialog({
    title: question.title,
    content: [
      el('h3', {}, t('positions')),
      rows.length > 0 ? rows : el('p', { class: 'soft' }, t('positions_none')),
      rows.length > 1 ? mergeFields(question, (from, into) => opened.attempt(() => merge(desk, id, from, into))) : null,
      el('h3', {}, t('id')),
      field(t('question_id'), questionId, el('p', { class: 'hint' }, t('rename_hint'))),
    ].flat(),
    action: t('save'),
    submit: () => save(desk, question, { labels: texts(labels), positionIds: texts(positionIds), id: questionId.value.trim() }),
  });
}

const texts = (inputs) => inputs.map(({ value }) => value.trim());

const idInput = (value, attributes = {}) =>
  el('input', { type: 'text', class: 'id', value, spellcheck: 'false', autocapitalize: 'off', ...attributes });

async function save(desk, question, { labels, positionIds, id }) {
  let changes = 0;
  const change = async (action, values) => {
    await desk.change(action, { question: question.id, ...values });
    changes += 1;
  };
  for (const [index, position] of question.positions.entries()) {
    const [label, name] = [labels[index], positionIds[index]];
    if (label && label !== position.label) await change('rename-position-label', { position: position.id, label });
    if (name && name !== position.id) await change('rename', { what: 'position', old: position.id, new: name });
  }
  if (id && id !== question.id) await desk.renamed('question', question.id, id);
  else if (changes > 0) tell(t('changed'), { label: t('undo'), run: () => desk.step('undo') });
}

async function merge(desk, question, from, into) {
  await desk.change('merge-positions', { question, from, into });
  tell(t('merged'), { label: t('undo'), run: () => desk.step('undo') });
}

/** Two lists to choose positions from: the one to merge, and the one that it becomes part of. */
function mergeFields(question, run) {
  const from = choice(question.positions, 0);
  const into = choice(question.positions, 1);
  const merge = button(t('merge'), () => from.value !== into.value && run(from.value, into.value));
  const group = el('fieldset', { class: 'merge' });
  fill(group, el('legend', {}, t('merge_positions')), field(t('merge_from'), from), field(t('merge_into'), into), merge);
  return group;
}

const choice = (positions, selected) =>
  el('select', {}, positions.map(({ id, label }, index) => el('option', { value: id, selected: index === selected }, label)));

/** The dialog that renames the id of a source. */
export function openRenameSource(desk, id) {
  const input = idInput(id);
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
