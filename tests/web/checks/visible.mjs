// Checks that quotes are proved by the words that a browser shows of a page, and by no others. Builds a site of pages
// with many tricks that hide words, and quotes each of them; Chromium decides which words can be seen.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inTabs } from '../browser.mjs';
import { LAYOUT_NAMES, pages } from '../visible/pages.mjs';
import { seenText } from '../visible/seen.mjs';
import { DECIDED, KNOWN_GAPS } from '../visible/tricks.mjs';
import { PROGRAM } from '../program.mjs';

// Chromium draws only the tab in front.
const TABS = 1;
// Tricks that are not read as the browser shows them.
const EXPECTED = [...Object.keys(DECIDED), ...KNOWN_GAPS];
// The lines of a record before its first quote.
const RECORD_START = ['title = "A page"', '[[answer]]', 'question = "count"', 'position = "counted"', 'summary = "They were counted."', 'quotes = ['];

export async function check({ browser }) {
  const written = pages();
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-visible-'));
  const decoder = await browser.newPage();
  try {
    const refused = refusedQuotes(folder, written);
    const texts = await inTabs(browser, TABS, written, (tab, { html }) => seenText(tab, html, decoder));
    const quotes = written.flatMap((page, at) => compared(page, texts[at], refused));
    const tricks = new Set(quotes.map(({ trick }) => trick)).size;
    return { summary: `${quotes.length} quotes of ${tricks} tricks on ${written.length} pages`, failures: failuresOf(quotes) };
  } finally {
    await decoder.close();
    rmSync(folder, { recursive: true });
  }
}

/** Writes the site and checks it. Returns the places of the quotes that are refused, as `page:line`. */
function refusedQuotes(folder, written) {
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  };
  write('site.toml', 'title = "What was counted"\nbase_url = "https://count.example"\n');
  write('content/questions/count.md', '+++\ntitle = "What was counted?"\n[positions]\ncounted = "Counted"\n+++\n');
  for (const { name, html, cases } of written) {
    const quotes = cases.flatMap(({ quotes }) => quotes).map((quote) => `${JSON.stringify(quote)},`);
    write(`seeds/${name}.html`, html);
    write(`seeds/${name}.toml`, [...RECORD_START, ...quotes, ']', ''].join('\n'));
  }
  const { problems } = JSON.parse(runCheck(folder));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const other = errors.find(({ path, code }) => !path?.endsWith('.toml') || !code.startsWith('quote-'));
  if (other) throw new Error(`the site has another problem: ${JSON.stringify(other)}`);
  return new Set(errors.map(({ path, line }) => `${basename(path, '.toml')}:${line}`));
}

/** Runs `check`, which fails if there are problems, and returns what it prints. */
function runCheck(folder) {
  const [command, ...first] = PROGRAM;
  const args = [...first, 'check', '--root', folder, '--format', 'json'];
  try {
    return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (!error.stdout) throw error;
    return error.stdout;
  }
}

/** The quotes of a page: whether each is seen, and whether it is proved. */
function compared({ name, layout, cases }, text, refused) {
  const quotes = cases.flatMap(({ trick, side, quotes }) => quotes.map((quote, at) => ({ trick, side, layout, quote, at })));
  return quotes.map((quote, index) => ({
    ...quote,
    isSeen: text.includes(quote.quote),
    isProved: !refused.has(`${name}:${RECORD_START.length + 1 + index}`),
  }));
}

/** The failures, as a table of tricks and layouts. */
function failuresOf(quotes) {
  const wrong = quotes.filter(({ isSeen, isProved }) => isSeen !== isProved);
  const failing = wrong.filter(({ trick }) => !EXPECTED.includes(trick));
  const tricks = [...new Set(failing.map(({ trick }) => trick))];
  const row = (trick) => {
    const cells = LAYOUT_NAMES.map((layout) => {
      const own = failing.filter((quote) => quote.trick === trick && quote.layout === layout);
      return [...new Set(own.map(({ isSeen }) => (isSeen ? 'refused' : 'proved')))].join('+').padEnd(16);
    });
    return `${trick.padEnd(40)}${cells.join('')}`;
  };
  const table = tricks.length > 0 ? [`${''.padEnd(40)}${LAYOUT_NAMES.map((name) => name.padEnd(16)).join('')}`, ...tricks.map(row)] : [];
  const stale = EXPECTED.filter((trick) => !wrong.some((quote) => quote.trick === trick));
  return [
    ...table,
    ...stale.map((trick) => `\`${trick}\` is in DECIDED or KNOWN_GAPS, but read as the browser shows it`),
    ...quotes.filter(isBroken).map(({ trick, side, layout, isSeen }) => `\`${trick}\` is no trick in ${layout}: its ${side} case is ${isSeen ? '' : 'not '}seen`),
  ];
}

/** Whether the first quote of a case is seen although the trick hides it, or the other way round. */
const isBroken = ({ trick, side, at, isSeen }) => at === 0 && !(trick in DECIDED) && isSeen !== (side === 'show');
