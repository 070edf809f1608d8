// The search on search.html. It searches the entries in search-index.js. Interface texts come from the page's attributes.
(() => {
  'use strict';
  // A unit of text that can be folded (see `fold`) on its own: a character with its combining marks, or a Korean syllable of
// several characters.
  const UNIT = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;
  // Accents and vowel points, which are ignored. Marks that make a different letter, as in kana, are not listed.
  const IGNORED_MARKS = /[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\xad\u200b]/g;
  const EQUIVALENTS = { "'": /[‘’‚]/g, '"': /[“”„«»]/g, '-': /[‐-―−]/g, ' ': /\s/g, ss: /ß/g, ae: /æ/g, o: /ø/g, l: /ł/g, σ: /ς/g };
  // Letters and digits of scripts that put spaces between words.
  const LETTER = /[^\P{L}\u3040-\u9fff\uac00-\ud7af]|\p{N}/u;
  // The folded form of every unit so far.
  const foldedUnits = new Map();

  // Returns a text in the form in which it is compared: without accents, in lower case, with plain quotes and hyphens.
  function fold(text) {
    const bare = text.normalize('NFKD').replace(IGNORED_MARKS, '').normalize('NFKC').toLowerCase();
    return Object.keys(EQUIVALENTS).reduce((folded, plain) => folded.replace(EQUIVALENTS[plain], plain), bare);
  }

  // Splits a query into folded words; text in double quotes is one word.
  const parse = query => (fold(query).match(/"[^"]*|[^\s"]+/g) || [])
    .map(word => word.replace(/^"\s*|\s+$/g, '')).filter(Boolean);

  const isWithinWord = (text, at) => LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at));

  // Returns the cost of the best match of a query word: 0 for a whole word, 1 for the start of a word, 2 for another part.
  function fit(text, word) {
    let best = Infinity;
    for (let at = text.indexOf(word); at >= 0 && best; at = text.indexOf(word, at + 1)) {
      best = Math.min(best, isWithinWord(text, at) ? 2 : +isWithinWord(text, at + word.length));
    }
    return best;
  }

  // Returns the cost of an entry; lower is better, `Infinity` means no result. An entry must contain all words, and at least
  // one in its title or text, where a word costs 5 at most.
  function rank(entry, words) {
    entry.folded = entry.folded || [entry.title, entry.text, entry.under.join(' · ')].map(fold);
    const costs = words.map(word => {
      const [title, text, under] = entry.folded.map(part => fit(part, word));
      return Math.min(2 * title, 2 * text + 1, under + 6);
    });
    return costs.every(cost => cost > 5) && words.length ? Infinity : costs.reduce((sum, cost) => sum + cost, 0);
  }

  const find = (entries, words, source) => entries
    .filter(entry => !source || entry.sources.includes(source))
    .map(entry => [rank(entry, words), entry])
    .filter(([cost]) => cost < Infinity)
    .sort((a, b) => a[0] - b[0])
    .map(([, entry]) => entry);

  // Restores the entries from the compact form that search-index.js has.
  function read({ strings, sources, entries }) {
    const text = shared => (typeof shared === 'number' ? strings[shared] : shared);
    return entries.map(([kind, path, anchor, title, under, of, parts]) => ({
      kind: text(kind), href: [path, anchor].map(text).filter(Boolean).join('#'), title: text(title),
      under: under.map(text), sources: of.map(at => sources[at]), text: parts.map(text).join(' · '),
    }));
  }

  // Splits a text into pieces; matches are wrapped in arrays. A longer text is cut to about `length` characters around the
  // first match.
  function mark(text, words, length = text.length) {
    // For every folded character, the range of its unit in `text`.
    const ranges = [];
    let folded = '';
    for (const { 0: unit, index } of text.matchAll(UNIT)) {
      if (!foldedUnits.has(unit)) foldedUnits.set(unit, fold(unit));
      folded += foldedUnits.get(unit);
      while (ranges.length < folded.length) ranges.push([index, index + unit.length]);
    }
    const any = words.map(word => word.replace(/[^\p{L}\p{N}]/gu, '\\$&')).sort((a, b) => b.length - a.length);
    const hits = any.length ? [...folded.matchAll(new RegExp(any.join('|'), 'g'))] : [];
    const found = hits.map(hit => [ranges[hit.index][0], ranges[hit.index + hit[0].length - 1][1]]);
    // The cut at the end is at a word boundary, up to 20 characters before `length`. If it could remove the first match, the
    // text is also cut at the start, some 60 characters before the match.
    const limit = length < text.length ? length - 25 : length;
    let at = found.length && found[0][1] > limit ? found[0][0] - 60 : 0;
    if (at) at += text.slice(at, at + 30).indexOf(' ') + 1;
    let end = at + length;
    if (end < text.length) end -= text.slice(end - 20, end + 1).match(/\S*$/)[0].length % 21;
    const pieces = [at ? '…' : ''];
    for (const [from, to] of found) {
      if (from < at || to > end) continue;
      pieces.push(text.slice(at, from), [text.slice(from, to)]);
      at = to;
    }
    return [...pieces, text.slice(at, end), end < text.length ? '…' : ''];
  }

  if (typeof document === 'undefined') return Object.assign(module.exports, { fold, parse, read, find, mark });

  if (!window.searchIndex) return;
  const [form, query, filter, status, hits, everything] = ['form', 'query', 'source', 'status', 'hits', 'everything']
    .map(name => document.getElementById(`search--${name}`));
  const [list, more] = hits.querySelectorAll('ol, button');
  const label = hits.dataset;
  let entries, results, words, timer;

  function createElement(name, children, properties) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const marked = (text, length) => mark(text, words, length).map(piece => (piece.map ? createElement('mark', piece) : piece));

  function item({ kind, href, title, under, text }) {
    const link = createElement('a', title ? marked(title) : marked(text, 300), { href });
    const about = under.flatMap(part => [' · ', ...marked(part)]);
    const excerpt = title && text ? [createElement('p', marked(text, 220))] : [];
    return createElement('li', [createElement('h3', [link]), createElement('p', [createElement('b', [label[kind]]), ...about]), ...excerpt], { className: kind });
  }

  function show() {
    const shown = list.children.length;
    list.append(...results.slice(shown, shown + 50).map(item));
    more.hidden = list.children.length === results.length;
    return list.children[shown];
  }

  function update() {
    clearTimeout(timer);
    const [text, source] = [query.value.trim(), filter ? filter.value : ''];
    words = parse(text);
    entries = entries || read(window.searchIndex);
    const active = words.length || source;
    results = active ? find(entries, words, source) : [];
    list.textContent = '';
    show();
    hits.hidden = !results.length;
    everything.hidden = !hits.hidden;
    const message = results.length ? label.some : label.none;
    const shownQuery = text || (source && filter.selectedOptions[0].text);
    status.textContent = active ? message.replace('{count}', results.length).replace('{query}', () => shownQuery) : '';
    try {
      history.replaceState(null, '', active ? `?${new URLSearchParams(new FormData(form))}` : location.pathname);
    } catch (_) { /* Pages opened from disk can't change their address. */ }
  }

  const params = new URLSearchParams(location.search);
  query.value = params.get('q') || query.value;
  if (filter) filter.value = params.get('source') || filter.value;
  form.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 120);
  };
  form.onsubmit = event => {
    event.preventDefault();
    update();
  };
  query.onkeydown = event => {
    if (event.key !== 'Escape' || event.isComposing) return;
    query.value = '';
    update();
  };
  more.onclick = () => show().querySelector('a').focus();
  // When this event fires, the browser has restored the form of a page that the reader went back to.
  window.onpageshow = update;
})();
