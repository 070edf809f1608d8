// Cells of the comparison: the signs and words of their states, and the order in which unread ones come.

import { el, hidden } from './dom.js';
import { t } from './words.js';

export const STATES = ['answered', 'silent', 'draft', 'suggested', 'unexamined'];
const SIGNS = { answered: '●', silent: '○', draft: '◐', suggested: '?', unexamined: '·' };
const READ = ['answered', 'silent'];
const TONES = 8;

export const isRead = (state) => READ.includes(state);
export const sign = (state) => el('span', { class: `sign ${state}`, 'aria-hidden': 'true' }, SIGNS[state]);
export const stateWord = (state) => t(`state_${state}`);
/** The number of a question's or position's colour. */
export const tone = (index) => (index % TONES) + 1;

export const readPath = (source, question) =>
  `/desk/read/${encodeURIComponent(source)}${question ? `#${encodeURIComponent(question)}` : ''}`;

/**
 * Shows how far the work is: as a bar, and in words (`label`). With `short`, `2/5` is seen in place of the words.
 */
export function progress(read, cells, label, short = false) {
  const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--part', cells > 0 ? read / cells : 0);
  const words = short ? [el('span', { 'aria-hidden': 'true' }, `${read}/${cells}`), hidden(label)] : el('span', {}, label);
  return el('span', { class: 'progress' }, bar, words);
}

/**
 * Returns the next unread cell after `from` as `{ source, question }`, or null. First come the other questions of
 * the same source, beginning after `from`, so that a document is read to its end; then the other sources; then
 * `from` itself. Sources without a document come after those with one.
 */
export function nextUnread(board, from) {
  const column = board.sources.findIndex(({ id }) => id === from?.source);
  const row = board.questions.findIndex(({ id }) => id === from?.question);
  const others = rotated(board.sources.map((_, at) => at), column + 1);
  const columns = column < 0 ? others : [column, ...others.filter((at) => at !== column)];
  const withDocument = columns.filter((at) => board.sources[at].has_document);
  const without = columns.filter((at) => !board.sources[at].has_document);
  for (const at of [...withDocument, ...without]) {
    const rows = rotated(board.questions.map((_, index) => index), at === column ? row + 1 : 0);
    const found = rows.find((index) => !isRead(board.cells[index][at]) && !(at === column && index === row));
    if (found !== undefined) return { source: board.sources[at].id, question: board.questions[found].id };
  }
  return column >= 0 && row >= 0 && !isRead(board.cells[row][column]) ? from : null;
}

const rotated = (list, by) => [...list.slice(by), ...list.slice(0, by)];

/**
 * Updates the board's cells of a source to what its record says now. The board itself is as of the last build,
 * which comes a moment after a change.
 */
export function takeOverSource(board, { source, answers, silences, passages, problems }) {
  const column = board.sources.findIndex(({ id }) => id === source.id);
  // A record whose TOML has an error has no answers here; then the cells stay as they are.
  const isUnread = answers.length + silences.length === 0 && problems.some(({ severity }) => severity === 'error');
  if (column < 0 || isUnread) return;
  board.questions.forEach((question, row) => {
    const own = ({ question: id }) => id === question.id;
    const before = board.cells[row][column];
    const now = stateFrom(before, answers.filter(own), silences.some(own), passages.some(own));
    const change = Number(isRead(now)) - Number(isRead(before));
    board.cells[row][column] = now;
    for (const counted of [board, question, board.sources[column]]) counted.read += change;
  });
  source.read = board.sources[column].read;
}

function stateFrom(before, answers, isSilent, isFound) {
  if (answers.length > 0) return answers.some((answer) => answer.is_draft) ? 'draft' : 'answered';
  if (isSilent) return 'silent';
  if (before === 'suggested' || before === 'unexamined') return before;
  return isFound ? 'suggested' : 'unexamined';
}
