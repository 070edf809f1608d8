// Unit tests of the search script, without a browser: `node --test tests/web/*.test.mjs`.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const { fold, parse, read, find, mark } = createRequire(import.meta.url)('../../templates/assets/search.js');

/** Entries from `[title, text, under?, sources?]`. */
const entries = (...list) =>
  list.map(([title, text, under = [], sources = []]) => ({ title, text, under, sources }));

const titles = (list, query, source) => find(list, parse(query), source).map(entry => entry.title);

const highlighted = (text, query, length) =>
  mark(text, parse(query), length).map(piece => (Array.isArray(piece) ? `<${piece[0]}>` : piece)).join('');

test('folding ignores case, accents and ligatures', () => {
  assert.equal(fold('ÉCOLE Łódź Straße ﬁn ＡＢＣ Ёлка'), 'ecole lodz strasse fin abc елка');
  assert.equal(fold('e\u0301cole'), fold('école'));
  assert.equal(fold('İstanbul'), 'istanbul');
});

test('folding replaces typographic characters with plain ones', () => {
  assert.equal(fold('“don’t” – so‑called…\u00a0yes'), '"don\'t" - so-called... yes');
});

test('folding keeps combining marks that make another letter', () => {
  assert.notEqual(fold('が'), fold('か'));
  assert.equal(fold('か\u3099'), fold('が'));
  assert.equal(fold('ｶﾞ'), fold('ガ'));
  assert.equal(fold('한국'.normalize('NFD')), fold('한국'));
  assert.notEqual(fold('कि'), fold('क'));
});

test('a query is split at spaces, except inside quotation marks', () => {
  assert.deepEqual(parse('  old Mill '), ['old', 'mill']);
  assert.deepEqual(parse('“old mill” ford'), ['old mill', 'ford']);
  assert.deepEqual(parse('„alte Mühle“ "open end'), ['alte muhle', 'open end']);
  assert.deepEqual(parse('" " '), []);
});

test('parts of words match; whole words and titles rank first', () => {
  const list = entries(['one', 'a windmill'], ['two', 'the millers'], ['three', 'a mill'], ['mill race', ''],
    ['Millet', ''], ['treadmill', '']);
  assert.deepEqual(titles(list, 'mill'), ['mill race', 'three', 'Millet', 'two', 'treadmill', 'one']);
});

test('all words must match, at least one of them in the entry’s own text', () => {
  const list = entries(['both', 'mill and ford'], ['one', 'mill'], ['below', 'mill', ['The ford']], ['only below', '', ['mill ford']]);
  assert.deepEqual(titles(list, 'mill ford'), ['both', 'below']);
});

test('quoted words match only as a phrase', () => {
  const list = entries(['apart', 'the mill is old'], ['together', 'the old\u00a0mill']);
  assert.deepEqual(titles(list, 'old mill'), ['apart', 'together']);
  assert.deepEqual(titles(list, '"old mill"'), ['together']);
});

test('Chinese, Japanese and Korean text matches without spaces', () => {
  const list = entries(['zh', '磨坊在周日晚上被烧毁。'], ['ja', '水車小屋は日曜日に焼けた。'], ['ko', '방앗간이 일요일에 탔다.']);
  assert.deepEqual(titles(list, '周日'), ['zh']);
  assert.deepEqual(titles(list, '日曜'), ['ja']);
  assert.deepEqual(titles(list, '방앗간'), ['ko']);
  assert.equal(highlighted('磨坊在周日晚上被烧毁。', '周日'), '磨坊在<周日>晚上被烧毁。');
});

test('a Latin word within Chinese text is a whole word', () => {
  const list = entries(['part', 'xMillx'], ['whole', '旧Mill在']);
  assert.deepEqual(titles(list, 'mill'), ['whole', 'part']);
});

test('a source filter limits the results; without a query it lists the whole source', () => {
  const list = entries(['a', 'mill', [], ['gazette']], ['b', 'mill', [], ['ballad', 'gazette']], ['c', 'ford', [], ['ballad']]);
  assert.deepEqual(titles(list, 'mill', 'ballad'), ['b']);
  assert.deepEqual(titles(list, '', 'ballad'), ['b', 'c']);
});

test('highlights enclose the original letters of the page', () => {
  assert.equal(highlighted('Die Mühle, MUHLE, Mu\u0308hle!', 'mühle'), 'Die <Mühle>, <MUHLE>, <Mu\u0308hle>!');
  assert.equal(highlighted('a Straße b', 'strasse'), 'a <Straße> b');
  assert.equal(highlighted('a Straße b', 'stras'), 'a <Straß>e b');
  assert.equal(highlighted('½ mill … mill', 'mill'), '½ <mill> … <mill>');
  assert.equal(highlighted('𝔐ill 😀 mill', 'mill'), '<𝔐ill> 😀 <mill>');
  assert.equal(highlighted('what? (1.5*x) [y]', '(1.5*x) [y'), 'what? <(1.5*x)> <[y>]');
});

test('highlighting loses no letter of any text', () => {
  const texts = ['“Größe” — ﬁ½…İ\u0301', '가각\u1100\u1161\u11a8 がか\u3099', '\ud83d\ude00 \ud83d e\u0301\u0327', '\u0301start'];
  for (const text of texts) {
    for (const query of ['o', 'f', '.', '각', 'が', 'e', 'i', 's']) {
      assert.equal(mark(text, parse(query)).flat().join(''), text);
    }
  }
});

test('folding letter by letter gives the same as folding the whole text', () => {
  for (const text of ['ΟΔΟΣ ΣΑΣ', 'Ὀδυσσεύς', '한국'.normalize('NFD'), 'がｶﾞか\u3099', '½ﬁ…ǆ', 'किताब', 'ไทย', 'أحمد', 'שָׁלוֹם', '😀\ud83d']) {
    assert.deepEqual(mark(text, [fold(text)]).flat().join(''), text);
    assert.ok(mark(text, [fold(text)]).some(piece => piece[0] === text), text);
  }
});

test('a snippet is cut at spaces around the first match', () => {
  const text = `${'before it '.repeat(50)}the mill ${'after it '.repeat(50)}`;
  const snippet = highlighted(text, 'mill', 100);
  assert.match(snippet, /^…(it|before) .*the <mill> after .*(it|after)…$/);
  assert.ok(snippet.length < 120, snippet);
  assert.equal(highlighted(text, 'nowhere', 20), 'before it before it…');
});

test('reading the index resolves its numbers', () => {
  const index = {
    strings: ['quote--4f0c9a1b7d2e', 'The Gazette'],
    sources: ['ballad', 'gazette'],
    entries: [['quote', 'sources/gazette.html', 0, '', [1, 'Why?'], [1], ['burnt', 1]]],
  };
  assert.deepEqual(read(index), [{
    kind: 'quote', href: 'sources/gazette.html#quote--4f0c9a1b7d2e', title: '', under: ['The Gazette', 'Why?'],
    sources: ['gazette'], text: 'burnt · The Gazette',
  }]);
});

test('searching five thousand entries is fast', () => {
  const text = 'Die alte Mühle – “am Fluß” – brannte in der Nacht zum Sonntag ab. '.repeat(4);
  const list = entries(...Array.from({ length: 5000 }, (_, at) => [`Eintrag ${at}`, text + at]));
  const time = query => {
    const start = performance.now();
    assert.ok(find(list, parse(query)).length > 0);
    return performance.now() - start;
  };
  const [first, again] = [time('mühle 4999'), time('sonntag 12')];
  assert.ok(first < 3000 && again < 500, `${first} ms, then ${again} ms`);
});
