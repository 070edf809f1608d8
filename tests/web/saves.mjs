// How long it takes from a save until the page in the browser is the new one: `sourcewise serve` on a copy of a site, a file
// that is saved over and over, and the page's `load` event.
//
//   node tests/web/saves.mjs PROGRAM SITE FILE PAGE [TIMES]
//
// FILE is what is saved: a page's Markdown, or a template, which need not be there yet. PAGE is what the browser shows.
// Prints the median and the longest time in ms.

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { launch } from './browser.mjs';
import { preview, save } from './preview.mjs';

const [program, site, file, page, times = '50'] = process.argv.slice(2);
if (!page) {
  console.error('usage: node tests/web/saves.mjs PROGRAM SITE FILE PAGE [TIMES]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sourcewise-saves-'));
for (const part of ['site.toml', 'content', 'seeds', 'templates']) {
  if (existsSync(join(site, part))) cpSync(join(site, part), join(folder, part), { recursive: true });
}
if (!existsSync(join(folder, file))) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), execFileSync(program, ['theme', file.replace(/^templates\//, '')]));
}
const isMarkdown = file.endsWith('.md');
const mark = (text, at) => {
  const old = isMarkdown ? /\n\nSaved \d+ times\.\n$/ : /<i>Saved \d+ times\.<\/i>/;
  const bare = text.replace(old, isMarkdown ? '\n' : '');
  return isMarkdown
    ? `${bare.trimEnd()}\n\nSaved ${at} times.\n`
    : bare.replace('{% block main %}', `{% block main %}<i>Saved ${at} times.</i>`);
};

const [served, browser] = [await preview([program], folder), await launch()];
const tab = await browser.newPage();
await tab.goto(served.address + page, { waitUntil: 'load' });
const took = [];
for (let at = 1; at <= Number(times); at++) {
  // The page listens once its script has run.
  await new Promise((go) => setTimeout(go, 150));
  const loaded = new Promise((done) => tab.once('load', () => done(performance.now())));
  const saved = save(folder, file, (text) => mark(text, at));
  took.push((await loaded) - saved);
  if (!(await tab.content()).includes(`Saved ${at} times.`)) throw new Error(`the page after save ${at} is not the new one`);
}
await browser.close();
await served.close();
rmSync(folder, { recursive: true });
took.sort((a, b) => a - b);
console.log(`${took.length} saves of ${file}: median ${Math.round(took[took.length >> 1])} ms, longest ${Math.round(took.at(-1))} ms`);
