// Writes the pages: every trick in every layout, spread over the articles. The same on every run.

import { ARTICLES } from './articles.mjs';
import { TRICKS } from './tricks.mjs';

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
const PLACES = ['Arlow', 'Brenn', 'Caldmoor', 'Dunvale', 'Eskby', 'Farnham Cross', 'Gullane End', 'Hexwell', 'Inverloch', 'Kettering Mill', 'Lowick'];
const PEOPLE = ['the harbour master', 'the postman', 'a retired surveyor', 'the school choir', 'the night nurse', 'the county archivist', 'a visiting botanist'];
const THINGS = ['swallows', 'oak doors', 'copper kettles', 'bicycles', 'sacks of barley', 'blue lanterns', 'apple trees', 'church bells', 'rowing boats'];
const WHENS = ['before the frost', 'after the fair', 'in a single morning', 'on the way home', 'under the old bridge'];

const LAYOUTS = {
  plain: { background: '#ffffff', text: '#000000', sheet: '', wrap: (article) => article },
  sheet: {
    background: '#ffffff',
    text: '#222222',
    sheet: `body { margin: 0; color: #222; font: 17px/1.5 serif } .page { max-width: 44em; margin: 0 auto; padding: 1em }
      p { margin: 0 0 1em } nav a { color: #225588; text-decoration: none } @media print { nav { display: none } }`,
    wrap: (article) =>
      `<header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header><main class="page">${article}</main><footer><p>Printed weekly.</p></footer>`,
  },
  dark: {
    background: '#14181c',
    text: '#dde2e8',
    sheet: 'html { background: #14181c } body { color: #dde2e8; font-family: sans-serif } a { color: #88bbff }',
    wrap: (article) => `<main>${article}</main>`,
  },
  figures: {
    background: '#fffbe8',
    text: '#332200',
    sheet: 'article { background-color: #fffbe8; color: #332200; padding: 1em } td { border: 1px solid #887755 }',
    wrap: (article) => `<main>${article}</main>`,
    between: (at) =>
      at % 2 === 0
        ? `<figure><img src="${PICTURE}" alt="A view" width="300" height="40"><figcaption>View ${at + 1}, as it was drawn at the time</figcaption></figure>`
        : `<table><tr><th>Year</th><th>Visitors in the summer</th></tr><tr><td>${1900 + at}</td><td>${at} thousand</td></tr></table>`,
  },
};
export const LAYOUT_NAMES = Object.keys(LAYOUTS);

/** The pages. Each has a `name`, a `layout`, its `html`, and `cases`: a trick's `name`, `side` and `quotes`. */
export const pages = () => LAYOUT_NAMES.flatMap((layout, row) => ARTICLES.map((article, at) => page(layout, article, at, row)));

function page(layoutName, { title, paragraphs }, at, row) {
  const layout = LAYOUTS[layoutName];
  // Another article has the trick in each layout.
  const tricks = TRICKS.map((trick, index) => ({ ...trick, index })).filter(({ index }) => (index + row) % ARTICLES.length === at);
  const sentences = sentencesOf(at * 7 + row);
  const cases = tricks.flatMap((trick) => ['hide', 'show'].map((side) => fill(trick, side, layout, sentences)));
  const body = paragraphs.map((paragraph, index) => {
    const own = cases.filter((_, of) => Math.floor((of * paragraphs.length) / cases.length) === index);
    return [`<p>${paragraph}</p>`, ...own.map(({ html }) => html), layout.between?.(index) ?? ''].join('\n');
  });
  const rules = tricks.map((trick) => inLayout(ownNames(trick.rules ?? '', trick.index), layout)).join('\n');
  const article = `<article><h1>${title}</h1>\n${body.join('\n')}\n</article>`;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${layout.sheet}</style><style>
${rules}
</style></head><body>${layout.wrap(article)}</body></html>
`;
  return { name: `${layoutName}-${at}`, layout: layoutName, html, cases };
}

/** A trick in the text of a page. */
function fill(trick, side, layout, sentences) {
  const { before, after } = sentences.next();
  const words = (text) => text.replaceAll('@1', before).replaceAll('@2', after).replaceAll('@', `${before}106${after}`);
  const template = inLayout(ownNames(trick[side], trick.index), layout);
  const html = words(template.replaceAll('?', () => sentences.other()));
  return { trick: trick.name, side, html, quotes: (trick.quotes ?? ['@']).map(words) };
}

/** Replaces the name `c` by one that only this trick has. */
const ownNames = (text, index) => text.replace(/\bc\b/g, `k${index}`);

const inLayout = (text, { background, text: colour }) => text.replaceAll('BG', background).replaceAll('FG', colour);

/** Sentences no two of which are the same. */
function sentencesOf(start) {
  let count = start;
  let others = start;
  const pick = (list, number) => list[number % list.length];
  return {
    next: () => {
      count += 1;
      const before = `In ${pick(PLACES, count)} ${pick(PEOPLE, count)} counted `;
      return { before, after: ` ${pick(THINGS, count)} ${pick(WHENS, count)}.` };
    },
    other: () => {
      others += 1;
      return `A letter of ${pick(PEOPLE, others)} to ${pick(PLACES, others)} says that there were no ${pick(THINGS, others)} at all.`;
    },
  };
}
