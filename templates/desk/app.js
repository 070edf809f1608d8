// The desk: loads what it needs, shows the board or the reader according to the address, and keeps both up to date.

import { change, getBoard, getSource, getWords, onRebuilt } from './api.js';
import { Board } from './board.js';
import { nextUnread, readPath, takeOverSource } from './cells.js';
import { button, debounce, el, fill, isNew, keepFocus } from './dom.js';
import { openKeys } from './help.js';
import { setKeys, startKeys } from './keys.js';
import { startNotices, tell, tellError } from './notices.js';
import { Reader } from './reader.js';
import { setWords, t } from './words.js';

const REBUILT_DELAY_MS = 60;
/** While the desk waits for a build that shows a change, it asks for the board this often, with this pause. */
const RETRY_MS = 50;
const MAX_TRIES = 100;

class Desk {
  board = null;
  view = null;
  history = { undo: null, redo: null };
  undoButton = button('', () => this.step('undo'), { class: 'icon' });
  redoButton = button('', () => this.step('redo'), { class: 'icon' });
  place = el('div', { class: 'place' });
  content = el('div', { class: 'content' });

  async start() {
    const root = document.getElementById('desk');
    startNotices(document.getElementById('notices'));
    onRebuilt(debounce(REBUILT_DELAY_MS, () => this.view && this.refresh().catch(tellError)));
    const [words, board] = await Promise.all([getWords(), getBoard()]);
    setWords(words);
    this.board = board;
    root.append(this.header(), this.content);
    this.setHistory(board.history);
    setKeys('desk', t('keys_everywhere'), this.keys());
    startKeys();
    document.addEventListener('click', (event) => this.followLink(event));
    addEventListener('popstate', () => this.show());
    await this.show();
  }

  header() {
    return el('header', { class: 'top' },
      el('a', { class: 'home', href: '/desk/', title: `${t('board')} (b)` }, el('span', {}, t('board'))),
      this.place,
      el('div', { class: 'tools' },
        this.undoButton, this.redoButton,
        el('a', { class: 'icon site-link', href: '/', target: '_blank' }, t('see_site')),
        button('?', () => openKeys(), { class: 'icon', 'aria-label': t('keys'), title: t('keys') })));
  }

  keys() {
    return [
      { key: 'b', word: t('key_board'), run: () => this.go('/desk/') },
      { key: 'Ctrl+z', word: t('undo'), run: () => this.step('undo') },
      { key: ['Ctrl+Shift+z', 'Ctrl+y'], shown: ['Ctrl+Shift+z'], word: t('redo'), run: () => this.step('redo') },
      { key: '?', word: t('keys'), run: () => openKeys() },
    ];
  }

  /** Shows what the address says: the board, or a source with the question that is open (*in hand*). */
  async show({ from } = {}) {
    const { pathname, hash } = location;
    const id = /^\/desk\/read\/([^/]+)$/.exec(pathname)?.[1];
    const question = hash ? decodeURIComponent(hash.slice(1)) : null;
    try {
      if (id === undefined) this.setView(new Board(this));
      else {
        const source = decodeURIComponent(id);
        if (this.view instanceof Reader && this.view.data.source.id === source) return this.view.take(question);
        const data = await getSource(source);
        // The user may have gone elsewhere meanwhile.
        if (location.pathname !== pathname) return undefined;
        this.setView(new Reader(this, data, question));
      }
      this.view.focus(from);
    } catch (error) {
      tellError(error);
      if (id !== undefined && error.kind === 'missing') this.go('/desk/', { replace: true });
      else if (!error.kind) throw error;
    }
  }

  setView(view) {
    this.view?.close?.();
    this.view = view;
    fill(this.content, view.element);
    this.showPlace();
    document.title = `${view.title} – ${this.board.site.title}`;
    setKeys('view', view.title, view.keys);
  }

  /** Shows in the header where the user is. */
  showPlace() {
    const heading = this.view.heading ?? null;
    if (isNew(this.place, heading?.textContent)) keepFocus(this.place, () => fill(this.place, heading), null);
  }

  /** Goes to another address of the desk. */
  go(path, { replace = false } = {}) {
    const from = this.view?.at ?? undefined;
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
    return this.show({ from });
  }

  openNext(from) {
    const next = nextUnread(this.board, from);
    if (next) return this.go(readPath(next.source, next.question));
    tell(t('all_read'));
    return undefined;
  }

  followLink(event) {
    const link = event.target.closest?.('a[href^="/desk/"]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(link.getAttribute('href'));
  }

  /** Changes files, and shows the result. Returns the server's reply. Leaves errors to the caller. */
  async change(action, values) {
    const reply = await change(action, values);
    this.setHistory(reply.history);
    await this.refresh();
    return reply;
  }

  /** Asks for the board until `isShown(board)` is true, because it shows a change only after the next build. */
  async untilBoard(isShown) {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      this.board = await getBoard();
      this.setHistory(this.board.history);
      if (isShown(this.board)) return;
      await new Promise((next) => setTimeout(next, RETRY_MS));
    }
  }

  /** Renames an id everywhere. The address of a renamed source or question changes with it. */
  async renamed(what, old, name) {
    const { view } = this;
    const at = { ...view.at };
    if (at[what] === old) at[what] = name;
    // Until the next build, the server may know neither the old id nor the new one, so no view is refreshed.
    this.view = null;
    let data = null;
    try {
      await change('rename', { what, question: null, old, new: name });
      await this.untilBoard((board) => board[`${what}s`].some(({ id }) => id === name));
      if (view instanceof Reader) data = await getSource(at.source);
    } finally {
      this.view = view;
    }
    if (data) this.setView(new Reader(this, data, at.question));
    else view.update();
    tell(t('renamed', { old, name }), { label: t('undo'), run: () => this.step('undo') });
  }

  /** Takes the last change back, or makes it again. */
  async step(action) {
    const what = this.history[action];
    if (!what) return tell(t(action === 'undo' ? 'undo_nothing' : 'redo_nothing'));
    try {
      await this.change(action);
      tell(t(action === 'undo' ? 'undone' : 'redone', { what }));
    } catch (error) {
      tellError(error);
    }
  }

  setHistory(state) {
    this.history = state;
    for (const [action, element, sign] of [['undo', this.undoButton, '↶'], ['redo', this.redoButton, '↷']]) {
      const what = state[action];
      const label = what ? t(`${action}_what`, { what }) : t(action);
      fill(element, el('span', { 'aria-hidden': 'true' }, sign));
      element.title = label;
      element.setAttribute('aria-label', label);
      // Only marked as disabled: a button that is disabled after the last change was undone would lose the focus.
      element.setAttribute('aria-disabled', String(!what));
    }
  }

  /** Reads the board and the open source again. Forms and selections stay. */
  async refresh() {
    const { view } = this;
    const source = view instanceof Reader ? getSource(view.data.source.id).catch(ifMissing) : null;
    const [board, data] = await Promise.all([getBoard(), source]);
    if (data?.source) takeOverSource(board, data);
    this.board = board;
    this.setHistory(board.history);
    // Another view may have been opened meanwhile; it has its own data.
    if (this.view !== view) return;
    // A source that was renamed or taken away has no page any more.
    if (data === 'missing') return this.go('/desk/', { replace: true });
    view?.update(data);
    this.showPlace();
    return undefined;
  }
}

/** Returns `missing` for the error that something does not exist; throws other errors again. */
function ifMissing(error) {
  if (error.kind === 'missing') return 'missing';
  throw error;
}

new Desk().start().catch((error) => {
  tellError(error);
  throw error;
});
