// Shows an answer that was changed in its file while it was being edited here: both texts, and what to do.

import { button, el } from './dom.js';
import { t } from './words.js';

/** `current` is the answer in the file, or null if it is no longer there. */
export function conflictView({ mine, current, positions, onKeepMine, onTakeTheirs }) {
  return el('section', { class: 'conflict', tabindex: '-1', 'aria-label': t('conflict') },
    el('h3', {}, t('conflict')),
    el('p', {}, t(current ? 'conflict_help' : 'conflict_deleted')),
    el('div', { class: 'both' },
      version(t('conflict_mine'), mine, positions, mine.quotes),
      current ? version(t('conflict_theirs'), current, positions, current.quotes.map(({ written }) => written)) : null),
    el('p', { class: 'actions' },
      button(t(current ? 'keep_mine' : 'save_as_new'), onKeepMine, { class: 'primary' }),
      button(t(current ? 'take_theirs' : 'discard'), onTakeTheirs)));
}

function version(title, answer, positions, quotes) {
  const label = answer.new_position ?? positions.find(({ id }) => id === answer.position)?.label ?? answer.position;
  return el('div', {}, el('h4', {}, title),
    el('p', { class: 'version-position' }, label || t('no_position')),
    el('p', {}, answer.summary || t('no_summary')),
    quotes.map((quote) => el('q', {}, quote)),
    answer.voice ? el('p', { class: 'soft' }, [t(`voice_${answer.voice}`), answer.to].filter(Boolean).join(', ')) : null);
}
