// Shows problems as a build reports them: what is wrong, and what helps.

import { el } from './dom.js';
import { t } from './words.js';

const MAX_SHOWN = 30;
/** Keys of an answer that are fields of the form, each with the text that is shown if the key is missing. */
const FIELDS = { position: 'lacks_position', summary: 'lacks_summary' };

/** A list of problems. `withPlace` adds the file and line. */
export function problemList(problems, { withPlace = false } = {}) {
  const more = problems.length - MAX_SHOWN;
  return el('ul', { class: 'problems' }, problems.slice(0, MAX_SHOWN).map((problem) => item(problem, withPlace)),
    more > 0 ? el('li', { class: 'warning' }, t('problems_more', { count: more })) : null);
}

function item(problem, withPlace) {
  const { severity, code, path, line } = problem;
  const { message, help } = withPlace ? problem : inFormWords(problem);
  return el('li', { class: severity, title: code },
    el('b', {}, t(`severity_${severity}`)), ' ', el('span', {}, message),
    help ? el('span', { class: 'help' }, help) : null,
    withPlace && path ? el('code', {}, line ? `${path}:${line}` : path) : null);
}

function inFormWords(problem) {
  const field = fieldLacking(problem);
  return field ? { message: t(FIELDS[field]) } : problem;
}

/** Returns the field of the form that a problem says is missing, if it says so. */
export const fieldLacking = ({ code, message }) =>
  code === 'missing-key' ? Object.keys(FIELDS).find((key) => message.startsWith(`\`${key}\``)) : undefined;

/** Whether a problem stops the build. */
export const isError = ({ severity }) => severity === 'error';
