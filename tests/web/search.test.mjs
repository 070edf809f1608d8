// The search script's own logic, without a browser: `node --test tests/web/*.mjs`.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const { fold, parse, read, find, mark } = createRequire(import.meta.url)('../../templates/assets/search.js');

/** Entries from `[title, text, under?, sources?]`. */
const entries = (...list) =>
  list.map(([title, text, under = [], sources = []]) => ({ title, text, under, sources }));

const titles = (list, query, source) => find(list, parse(query), source).map(entry => entry.title);

const marked = (text, query, length) =>
  mark(text, parse(query), length).map(piece => (Array.isArray(piece) ? `<${piece[0]}>` : piece)).join('');

test('case, accents and ligatures do not count', () => {
  assert.equal(fold('ÉCOLE Łódź Straße ﬁn ＡＢＣ Ёлка'), 'ecole lodz strasse fin abc елка');
  assert.equal(fold('e\u0301cole'), fold('école'));
  assert.equal(fold('İstanbul'), 'istanbul');
});

test('typographic signs are plain ones', () => {
  assert.equal(fold('“don’t” – so‑called…\u00a0yes'), '"don\'t" - so-called... yes');
});

test('marks that make another letter count', () => {
  assert.notEqual(fold('が'), fold('か'));
  assert.equal(fold('か\u3099'), fold('が'));
  assert.equal(fold('ｶﾞ'), fold('ガ'));
  assert.equal(fold('한국'.normalize('NFD')), fold('한국'));
  assert.notEqual(fold('कि'), fold('क'));
});

test('a query is cut at spaces but for what stands in quotation marks', () => {
  assert.deepEqual(parse('  old Mill '), ['old', 'mill']);
  assert.deepEqual(parse('“old mill” ford'), ['old mill', 'ford']);
  assert.deepEqual(parse('„alte Mühle“ "open end'), ['alte muhle', 'open end']);
  assert.deepEqual(parse('" " '), []);
});

test('parts of words are found, whole words and titles first', () => {
  const list = entries(['one', 'a windmill'], ['two', 'the millers'], ['three', 'a mill'], ['mill race', ''],
    ['Millet', ''], ['treadmill', '']);
  assert.deepEqual(titles(list, 'mill'), ['mill race', 'three', 'Millet', 'two', 'treadmill', 'one']);
});

test('all words must be there, one of them in the entry’s own words', () => {
  const list = entries(['both', 'mill and ford'], ['one', 'mill'], ['below', 'mill', ['The ford']], ['only below', '', ['mill ford']]);
  assert.deepEqual(titles(list, 'mill ford'), ['both', 'below']);
});

test('quoted words are found together only', () => {
  const list = entries(['apart', 'the mill is old'], ['together', 'the old\u00a0mill']);
  assert.deepEqual(titles(list, 'old mill'), ['apart', 'together']);
  assert.deepEqual(titles(list, '"old mill"'), ['together']);
});

test('Chinese, Japanese and Korean need no spaces', () => {
  const list = entries(['zh', '磨坊在周日晚上被烧毁。'], ['ja', '水車小屋は日曜日に焼けた。'], ['ko', '방앗간이 일요일에 탔다.']);
  assert.deepEqual(titles(list, '周日'), ['zh']);
  assert.deepEqual(titles(list, '日曜'), ['ja']);
  assert.deepEqual(titles(list, '방앗간'), ['ko']);
  assert.equal(marked('磨坊在周日晚上被烧毁。', '周日'), '磨坊在<周日>晚上被烧毁。');
});

test('a word of a spaced script within Chinese is whole', () => {
  const list = entries(['part', 'xMillx'], ['whole', '旧Mill在']);
  assert.deepEqual(titles(list, 'mill'), ['whole', 'part']);
});

test('one source alone is searched, or all of it shown', () => {
  const list = entries(['a', 'mill', [], ['gazette']], ['b', 'mill', [], ['ballad', 'gazette']], ['c', 'ford', [], ['ballad']]);
  assert.deepEqual(titles(list, 'mill', 'ballad'), ['b']);
  assert.deepEqual(titles(list, '', 'ballad'), ['b', 'c']);
});

test('marks stand around the letters of the page', () => {
  assert.equal(marked('Die Mühle, MUHLE, Mu\u0308hle!', 'mühle'), 'Die <Mühle>, <MUHLE>, <Mu\u0308hle>!');
  assert.equal(marked('a Straße b', 'strasse'), 'a <Straße> b');
  assert.equal(marked('a Straße b', 'stras'), 'a <Straß>e b');
  assert.equal(marked('½ mill … mill', 'mill'), '½ <mill> … <mill>');
  assert.equal(marked('𝔐ill 😀 mill', 'mill'), '<𝔐ill> 😀 <mill>');
  assert.equal(marked('what? (1.5*x) [y]', '(1.5*x) [y'), 'what? <(1.5*x)> <[y>]');
});

test('a mark loses no letter, whatever the text', () => {
  const texts = ['“Größe” — ﬁ½…İ\u0301', '가각\u1100\u1161\u11a8 がか\u3099', '\ud83d\ude00 \ud83d e\u0301\u0327', '\u0301start'];
  for (const text of texts) {
    for (const query of ['o', 'f', '.', '각', 'が', 'e', 'i', 's']) {
      assert.equal(mark(text, parse(query)).flat().join(''), text);
    }
  }
});

test('letter by letter a text is folded as it is as a whole', () => {
  for (const text of ['ΟΔΟΣ ΣΑΣ', 'Ὀδυσσεύς', '한국'.normalize('NFD'), 'がｶﾞか\u3099', '½ﬁ…ǆ', 'किताब', 'ไทย', 'أحمد', 'שָׁלוֹם', '😀\ud83d']) {
    assert.deepEqual(mark(text, [fold(text)]).flat().join(''), text);
    assert.ok(mark(text, [fold(text)]).some(piece => piece[0] === text), text);
  }
});

test('a snippet is cut around the first hit, at spaces', () => {
  const text = `${'before it '.repeat(50)}the mill ${'after it '.repeat(50)}`;
  const snippet = marked(text, 'mill', 100);
  assert.match(snippet, /^…(it|before) .*the <mill> after .*(it|after)…$/);
  assert.ok(snippet.length < 120, snippet);
  assert.equal(marked(text, 'nowhere', 20), 'before it before it…');
});

test('numbers of the index are looked up', () => {
  const index = {
    strings: ['quote--1', 'The Gazette'],
    sources: ['ballad', 'gazette'],
    entries: [['quote', 'sources/gazette.html', 0, '', [1, 'Why?'], [1], ['burnt', 1]]],
  };
  assert.deepEqual(read(index), [{
    kind: 'quote', href: 'sources/gazette.html#quote--1', title: '', under: ['The Gazette', 'Why?'],
    sources: ['gazette'], text: 'burnt · The Gazette',
  }]);
});

test('five thousand entries are searched before a reader notices', () => {
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
