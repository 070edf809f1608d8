// Shows problems as a build reports them: what is wrong, and what helps.

import { el } from './dom.js';
import { t } from './words.js';

const MAX_SHOWN = 30;

/** A list of problems. `withPlace` adds the file and line. */
export function problemList(problems, { withPlace = false } = {}) {
  const more = problems.length - MAX_SHOWN;
  return el('ul', { class: 'problems' }, problems.slice(0, MAX_SHOWN).map((problem) =>
    el('li', { class: problem.severity, title: problem.code },
      el('b', {}, t(`severity_${problem.severity}`)), ' ',
      el('span', {}, problem.message),
      problem.help ? el('span', { class: 'help' }, problem.help) : null,
      withPlace && problem.path ? el('code', {}, problem.line ? `${problem.path}:${problem.line}` : problem.path) : null)),
    more > 0 ? el('li', { class: 'warning' }, t('problems_more', { count: more })) : null);
}

/** Whether a problem stops the build. */
export const isError = ({ severity }) => severity === 'error';
