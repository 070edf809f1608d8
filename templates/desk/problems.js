// Shows problems as a build reports them: what is wrong, and what helps.

import { el } from './dom.js';
import { t } from './words.js';

/** A list of problems. `withPlace` adds the file and line. */
export function problemList(problems, { withPlace = false } = {}) {
  return el('ul', { class: 'problems' }, problems.map((problem) =>
    el('li', { class: problem.severity, title: problem.code },
      el('b', {}, t(`severity_${problem.severity}`)), ' ',
      el('span', {}, problem.message),
      problem.help ? el('span', { class: 'help' }, problem.help) : null,
      withPlace && problem.path ? el('code', {}, problem.line ? `${problem.path}:${problem.line}` : problem.path) : null)));
}

/** Whether a problem stops the build. */
export const isError = ({ severity }) => severity === 'error';
