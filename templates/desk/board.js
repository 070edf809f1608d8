// The board: every question and source as a cell with its state, how far the work is, what changed last, and the
// problems of the site.

import { STATES, isRead, nextUnread, progress, readPath, sign, stateWord, tone } from './cells.js';
import { el, fill, hidden, isNew, keepFocus, keyHint, button } from './dom.js';
import { openNewQuestion } from './questions.js';
import { openPositions } from './positions.js';
import { problemList } from './problems.js';
import { moment, number, t } from './words.js';

/** In a board with more cells, a row gets its cells only when it comes into view. */
const MAX_CELLS_AT_ONCE = 4_000;

export class Board {
  element = el('main', { class: 'board', id: 'main', tabindex: '-1' });
  /** The cell that the keyboard is on: its question and source. */
  at = null;

  constructor(desk) {
    this.desk = desk;
    this.update();
  }

  get keys() {
    return [
      { key: 'n', word: t('key_next'), run: () => this.openNext() },
      { key: 'w', word: t('key_new_question'), run: () => openNewQuestion(this.desk) },
      { shown: ['←', '→', '↑', '↓'], word: t('key_cells') },
    ];
  }

  get title() {
    return t('board');
  }

  /** Opens the cell that the keyboard is on if it is unread, otherwise the next unread one. */
  openNext() {
    const state = this.cellAt()?.parentElement.dataset.state;
    if (state && !isRead(state)) return this.desk.go(readPath(this.at.source, this.at.question));
    return this.desk.openNext(this.at);
  }

  /** Moves the focus to where the work is: the cell that was left, otherwise the first unread one. */
  focus(from) {
    const { board } = this.desk;
    this.at = from ?? nextUnread(board, null) ?? this.at;
    this.setCurrent();
    (this.cellAt() ?? this.element).focus({ preventScroll: !from });
  }

  update() {
    const { questions, sources, cells, problems, recent } = this.desk.board;
    if (isNew(this.element, [questions, sources, cells, problems, recent])) keepFocus(this.element, () => this.render(), this.element);
  }

  render() {
    const { board } = this.desk;
    if (board.questions.length === 0) {
      fill(this.element, this.overview(), this.firstQuestion(), el('div', { class: 'beside' }, this.recent(), this.problems()));
      return;
    }
    fill(this.element, this.overview(), this.table(), el('div', { class: 'beside' }, this.recent(), this.problems()));
    this.setCurrent();
  }

  overview() {
    const { board } = this.desk;
    const counts = new Map(STATES.map((state) => [state, 0]));
    for (const state of board.cells.flat()) counts.set(state, counts.get(state) + 1);
    const next = nextUnread(board, null);
    const read = t('cells_read', { read: number(board.read), cells: number(board.cells_total) });
    return el('section', { class: 'overview' },
      el('h1', {}, board.site.title),
      el('p', { class: 'how-far' }, progress(board.read, board.cells_total, read)),
      el('ul', { class: 'legend', 'aria-label': t('states') }, STATES.map((state) =>
        el('li', {}, sign(state), `${stateWord(state)} `, el('b', {}, number(counts.get(state)))))),
      el('p', { class: 'actions' },
        next
          ? el('a', { class: 'primary', href: readPath(next.source, next.question) }, t('next_unread'), keyHint('n'))
          : board.cells_total > 0 ? el('span', { class: 'all-read' }, t('all_read')) : null,
        button([t('new_question'), keyHint('w')], () => openNewQuestion(this.desk), next || board.cells_total > 0 ? {} : { class: 'primary' })));
  }

  firstQuestion() {
    return el('section', { class: 'empty' }, el('h2', {}, t('no_questions')), el('p', {}, t('no_questions_help')),
      el('ul', { class: 'sources' }, this.desk.board.sources.map(({ id, short }) =>
        el('li', {}, el('a', { href: readPath(id), 'data-key': `source ${id}` }, short)))));
  }

  table() {
    const { board } = this.desk;
    const isLarge = board.cells_total > MAX_CELLS_AT_ONCE;
    const rows = board.questions.map((question, index) => this.row(question, index, isLarge));
    const table = el('table', { role: 'grid', 'aria-label': t('board'), class: isLarge ? 'large' : null },
      el('thead', {}, el('tr', {}, el('td', {}), board.sources.map((source) => this.columnHead(source)))),
      el('tbody', {}, rows));
    table.addEventListener('keydown', (event) => this.moveByKey(event));
    table.addEventListener('focusin', ({ target }) => this.noteFocus(target));
    if (isLarge) {
      // With columns of one width, the browser need not look at every cell to lay out the table.
      table.style.setProperty('--columns', board.sources.length);
      this.fillWhenVisible(rows);
    }
    return el('div', { class: 'cells', tabindex: '-1' }, table);
  }

  columnHead(source) {
    const label = t('read_of', { read: number(source.read), cells: number(source.cells) });
    return el('th', { scope: 'col' },
      el('a', { href: readPath(source.id), title: source.title, 'data-key': `source ${source.id}` }, source.short),
      source.has_document ? null : el('span', { class: 'lacking' }, t('no_document')),
      progress(source.read, source.cells, label, true));
  }

  row(question, index, isLarge) {
    const label = t('read_of', { read: number(question.read), cells: number(question.cells) });
    const head = el('th', { scope: 'row' },
      el('span', { class: `question-number tone-${tone(index)}`, 'aria-hidden': 'true' }, index + 1),
      el('span', { class: 'question-name' },
        button([question.short, hidden(`, ${t('edit_question')}`)], () => openPositions(this.desk, question.id),
          { class: 'plain', title: question.title, 'data-key': `question ${question.id}` }),
        progress(question.read, question.cells, label, true)));
    const row = el('tr', { 'data-question': question.id }, head);
    if (!isLarge) this.fillRow(row);
    return row;
  }

  fillRow(row) {
    if (row.children.length > 1) return;
    const { board } = this.desk;
    const index = board.questions.findIndex(({ id }) => id === row.dataset.question);
    row.append(...board.sources.map((source, column) => this.cell(board.questions[index], source, board.cells[index][column])));
  }

  cell(question, source, state) {
    return el('td', { class: `cell ${state}`, 'data-state': state },
      el('a', {
        href: readPath(source.id, question.id), tabindex: '-1', 'data-key': `cell ${question.id} ${source.id}`,
        'data-source': source.id, 'data-question': question.id,
        'aria-label': `${stateWord(state)}: ${question.short}, ${source.short}`,
      }, stateWord(state)));
  }

  fillWhenVisible(rows) {
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.fillRow(target);
    }, { rootMargin: '400px' });
    rows.forEach((row) => observer.observe(row));
  }

  recent() {
    const { board } = this.desk;
    const items = board.recent.map(({ what, source, question, at }) =>
      el('li', {},
        source ? el('a', { href: readPath(source, question), 'data-key': `recent ${at}` }, what) : el('span', {}, what),
        el('time', { datetime: at }, moment(at))));
    return el('section', {}, el('h2', {}, t('recent')),
      items.length > 0 ? el('ol', { class: 'recent' }, items) : el('p', { class: 'soft' }, t('recent_none')));
  }

  problems() {
    const { problems } = this.desk.board;
    return el('section', {}, el('h2', {}, t('problems')),
      problems.length > 0 ? problemList(problems, { withPlace: true }) : el('p', { class: 'soft' }, t('problems_none')));
  }

  cellAt() {
    if (!this.at) return null;
    const row = this.element.querySelector(`tr[data-question="${CSS.escape(this.at.question)}"]`);
    if (row) this.fillRow(row);
    return row?.querySelector(`a[data-source="${CSS.escape(this.at.source)}"]`);
  }

  /** Makes one cell the only one that Tab reaches; the arrow keys go to the others. */
  setCurrent() {
    const { board } = this.desk;
    if (board.questions.length === 0 || board.sources.length === 0) return;
    if (!this.cellAt()) this.at = nextUnread(board, null) ?? { question: board.questions[0].id, source: board.sources[0].id };
    this.element.querySelector('.cell a[tabindex="0"]')?.setAttribute('tabindex', '-1');
    this.cellAt()?.setAttribute('tabindex', '0');
  }

  noteFocus(target) {
    if (!target.dataset.source || !target.dataset.question) return;
    this.at = { source: target.dataset.source, question: target.dataset.question };
    this.setCurrent();
  }

  moveByKey(event) {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    if (!step || !this.at || !event.target.dataset.question || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { questions, sources } = this.desk.board;
    const row = questions.findIndex(({ id }) => id === this.at.question) + step[0];
    const column = sources.findIndex(({ id }) => id === this.at.source) + step[1];
    if (!questions[row] || !sources[column]) return;
    this.at = { question: questions[row].id, source: sources[column].id };
    this.setCurrent();
    this.cellAt().focus();
  }
}
