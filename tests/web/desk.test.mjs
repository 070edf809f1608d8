// Tests the parts of the desk's scripts that need no browser: node --test tests/web/desk.test.mjs

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { isRead, nextUnread } from '../../templates/desk/cells.js';
import { nameOf } from '../../templates/desk/keys.js';
import { comparePositions } from '../../templates/desk/selection.js';
import { TextUnits } from '../../templates/desk/units.js';
import { setWords, t } from '../../templates/desk/words.js';

const DESK = new URL('../../templates/desk/', import.meta.url);
const WORDS = new URL('../../templates/words/', import.meta.url);
const MAX_LINES = 350;

const scripts = readdirSync(DESK).filter((name) => name.endsWith('.js')).map((name) => ({ name, text: readFileSync(new URL(name, DESK), 'utf8') }));
const board = (cells, documents = []) => ({
  questions: cells.map((_, at) => ({ id: `q${at}` })),
  sources: cells[0].map((_, at) => ({ id: `s${at}`, has_document: documents[at] ?? true })),
  cells,
});
const units = (...texts) => new TextUnits({ text: (block) => texts[block] ?? '', blocks: texts, body: { lang: 'en' } });
const word = (reader, { block, start, end }) => reader.pane.text(block).slice(start, end);

test('the next unread cell is first looked for in the same source, below', () => {
  const cells = [['unexamined', 'unexamined'], ['answered', 'draft'], ['suggested', 'silent']];
  assert.deepEqual(nextUnread(board(cells), { source: 's0', question: 'q0' }), { source: 's0', question: 'q2' });
  assert.deepEqual(nextUnread(board(cells), { source: 's0', question: 'q2' }), { source: 's0', question: 'q0' });
  assert.deepEqual(nextUnread(board(cells), { source: 's1', question: 'q0' }), { source: 's1', question: 'q1' });
  assert.deepEqual(nextUnread(board(cells), null), { source: 's0', question: 'q0' });
});

test('sources without a document come last, then the cell itself, then none', () => {
  const cells = [['unexamined', 'unexamined', 'silent']];
  assert.deepEqual(nextUnread(board(cells, [false, true, true]), null), { source: 's1', question: 'q0' });
  const here = { source: 's0', question: 'q0' };
  assert.deepEqual(nextUnread(board([['draft', 'answered']]), here), here);
  assert.equal(nextUnread(board([['silent', 'answered']]), here), null);
});

test('answered and silent cells are read, drafts are not', () => {
  assert.deepEqual(['answered', 'silent', 'draft', 'suggested', 'unexamined'].filter(isRead), ['answered', 'silent']);
});

test('a pressed key is named with what is held, and Cmd is Ctrl', () => {
  const name = (key, held = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
  assert.equal(name('n'), 'n');
  assert.equal(name('?', { shiftKey: true }), '?');
  assert.equal(name('Z', { metaKey: true, shiftKey: true }), 'Ctrl+Shift+z');
  assert.equal(name('ArrowUp', { ctrlKey: true }), 'Ctrl+ArrowUp');
  assert.equal(name('ArrowLeft', { shiftKey: true }), 'Shift+ArrowLeft');
});

test('the cursor goes from word to word, over punctuation and into other blocks', () => {
  const reader = units('“Smoke,” she said.', '', '3 May');
  const first = reader.firstWord();
  assert.equal(word(reader, first), 'Smoke');
  const said = reader.nextWord(reader.nextWord(first));
  assert.equal(word(reader, said), 'said');
  assert.equal(word(reader, reader.nextWord(said)), '3');
  assert.equal(word(reader, reader.previousWord(reader.nextWord(said))), 'said');
  assert.equal(reader.previousWord(first), null);
  assert.equal(word(reader, reader.lastWord()), 'May');
});

test('the cursor goes by sentences, and extends a selection to their ends', () => {
  const reader = units('It rained. The roof fell in. Then it was dark.', 'Next morning came.');
  const first = reader.firstWord();
  assert.equal(word(reader, reader.nextSentence(first, false)), 'The');
  assert.equal(word(reader, reader.nextSentence(first, true)), 'rained');
  const rained = reader.nextSentence(first, true);
  assert.equal(word(reader, reader.nextSentence(rained, true)), 'in');
  assert.equal(word(reader, reader.previousSentence(reader.lastWord())), 'Next');
  assert.equal(word(reader, reader.previousSentence(reader.wordAt({ block: 1, offset: 0 }))), 'Then');
  assert.equal(word(reader, reader.nextBlock(first)), 'Next');
});

test('sentences of a very long block are found near the cursor', () => {
  const text = 'The bell rang. '.repeat(2_000);
  const reader = units(text);
  const at = reader.wordAt({ block: 0, offset: 15_000 });
  assert.equal(text.slice(reader.sentence(at).start, reader.sentence(at).end).trim(), 'The bell rang.');
});

test('selected words are counted, and far too many are not', () => {
  const reader = units('One – two three.', 'Four');
  assert.equal(reader.count({ block: 0, offset: 0 }, { block: 1, offset: 4 }), 4);
  const long = units('word '.repeat(2_000));
  assert.equal(long.count({ block: 0, offset: 0 }, { block: 0, offset: 10_000 }), null);
});

test('positions are in the order of the document', () => {
  assert.ok(comparePositions({ block: 1, offset: 0 }, { block: 0, offset: 9 }) > 0);
  assert.ok(comparePositions({ block: 1, offset: 2 }, { block: 1, offset: 3 }) < 0);
});

test('texts are filled, and a missing one shows its key', () => {
  setWords({ read_of: '{read} of {cells}' });
  assert.equal(t('read_of', { read: 3, cells: 5 }), '3 of 5');
  assert.equal(t('no_such_text'), 'no_such_text');
});

test('every text that the desk shows exists', () => {
  const table = readFileSync(new URL('en.toml', WORDS), 'utf8').split(/^\[desk\]$/m)[1];
  const known = [...table.matchAll(/^(\w+) = "/gm)].map(([, key]) => key);
  const used = scripts.flatMap(({ text }) => [...text.matchAll(/\bt\('(\w+)'/g)].map(([, key]) => key));
  assert.deepEqual(used.filter((key) => !known.includes(key)), []);
});

test('every script says what it holds, and is not too long', () => {
  for (const { name, text } of scripts) {
    assert.match(text, /^\/\/ [A-Z]/, name);
    assert.ok(text.split('\n').length <= MAX_LINES, `${name} is too long`);
    assert.doesNotMatch(text, /innerHTML|insertAdjacentHTML|outerHTML|document\.write|\beval\(/, name);
  }
});
