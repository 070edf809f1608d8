// Searches what search-index.js holds, on search.html. All words that it shows stand in that page.
(() => {
  'use strict';
  // A letter with the marks upon it, or with the rest of a Korean syllable.
  const UNIT = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;
  // Accents and points; not marks that make another letter, as in kana.
  const LOOSE = /[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\xad\u200b]/g;
  const ALIKE = { "'": /[‘’‚]/g, '"': /[“”„«»]/g, '-': /[‐-―−]/g, ' ': /\s/g, ss: /ß/g, ae: /æ/g, o: /ø/g, l: /ł/g, σ: /ς/g };
  // Letters of scripts that put spaces between words.
  const LETTER = /[^\P{L}\u3040-\u9fff\uac00-\ud7af]|\p{N}/u;
  const known = new Map();

  function fold(text) {
    const bare = text.normalize('NFKD').replace(LOOSE, '').normalize('NFKC').toLowerCase();
    return Object.keys(ALIKE).reduce((folded, plain) => folded.replace(ALIKE[plain], plain), bare);
  }

  const parse = query => (fold(query).match(/"[^"]*|[^\s"]+/g) || [])
    .map(word => word.replace(/^"\s*|\s+$/g, '')).filter(Boolean);

  const goesOn = (text, at) => LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at));

  // 0 for a whole word, 1 for the start of one, 2 for a part.
  function fit(text, word) {
    let best = Infinity;
    for (let at = text.indexOf(word); at >= 0 && best; at = text.indexOf(word, at + 1)) {
      best = Math.min(best, goesOn(text, at) ? 2 : +goesOn(text, at + word.length));
    }
    return best;
  }

  // Lower is better. All words must be there, one of them not only in what the entry stands under.
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

  function read({ strings, sources, entries }) {
    const text = shared => (typeof shared === 'number' ? strings[shared] : shared);
    return entries.map(([kind, path, anchor, title, under, of, parts]) => ({
      kind: text(kind), href: [path, anchor].map(text).filter(Boolean).join('#'), title: text(title),
      under: under.map(text), sources: of.map(at => sources[at]), text: parts.map(text).join(' · '),
    }));
  }

  // A text in pieces, those to be marked in arrays; cut to about a length around the first of these.
  function mark(text, words, length = text.length) {
    const places = [];
    let folded = '';
    for (const { 0: unit, index } of text.matchAll(UNIT)) {
      if (!known.has(unit)) known.set(unit, fold(unit));
      folded += known.get(unit);
      while (places.length < folded.length) places.push([index, index + unit.length]);
    }
    const any = words.map(word => word.replace(/[^\p{L}\p{N}]/gu, '\\$&')).sort((a, b) => b.length - a.length);
    const hits = any.length ? [...folded.matchAll(new RegExp(any.join('|'), 'g'))] : [];
    const found = hits.map(hit => [places[hit.index][0], places[hit.index + hit[0].length - 1][1]]);
    // What follows the last whole word is cut off, too, and that must not be the first hit.
    const kept = length < text.length ? length - 25 : length;
    let at = found.length && found[0][1] > kept ? found[0][0] - 60 : 0;
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

  function make(name, children, properties) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const marked = (text, length) => mark(text, words, length).map(piece => (piece.map ? make('mark', piece) : piece));

  function item({ kind, href, title, under, text }) {
    const link = make('a', title ? marked(title) : marked(text, 300), { href });
    const about = under.flatMap(part => [' · ', ...marked(part)]);
    const said = title && text ? [make('p', marked(text, 220))] : [];
    return make('li', [make('h3', [link]), make('p', [make('b', [label[kind]]), ...about]), ...said], { className: kind });
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
    const says = results.length ? label.some : label.none;
    const asked = text || (source && filter.selectedOptions[0].text);
    status.textContent = active ? says.replace('{count}', results.length).replace('{query}', () => asked) : '';
    try {
      history.replaceState(null, '', active ? `?${new URLSearchParams(new FormData(form))}` : location.pathname);
    } catch (_) { /* A page opened from disk may not change its address. */ }
  }

  const given = new URLSearchParams(location.search);
  query.value = given.get('q') || query.value;
  if (filter) filter.value = given.get('source') || filter.value;
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
  // By then the browser has put back what was typed.
  window.onpageshow = update;
})();
