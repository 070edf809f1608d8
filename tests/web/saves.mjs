// Measures the time from saving a file until the browser has loaded the new page (its `load` event): runs `sourcewise
// serve` on a copy of a site and saves a file repeatedly.
//
//   node tests/web/saves.mjs PROGRAM SITE FILE PAGE [TIMES]
//
// FILE is the file to save: a page's Markdown or a template, which is copied from the theme if the site does not have
// it. PAGE is the page in the browser. Prints the median and the maximum in ms.

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { launch } from './browser.mjs';
import { save, startServe } from './preview.mjs';

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
const addMarker = (text, at) => {
  const old = isMarkdown ? /\n\nSaved \d+ times\.\n$/ : /<i>Saved \d+ times\.<\/i>/;
  const bare = text.replace(old, isMarkdown ? '\n' : '');
  return isMarkdown
    ? `${bare.trimEnd()}\n\nSaved ${at} times.\n`
    : bare.replace('{% block main %}', `{% block main %}<i>Saved ${at} times.</i>`);
};

const [server, browser] = [await startServe([program], folder), await launch()];
const tab = await browser.newPage();
await tab.goto(server.address + page, { waitUntil: 'load' });
const took = [];
for (let at = 1; at <= Number(times); at++) {
  // Give the page's script time to connect.
  await new Promise((go) => setTimeout(go, 150));
  const loaded = new Promise((done) => tab.once('load', () => done(performance.now())));
  const saved = save(folder, file, (text) => addMarker(text, at));
  took.push((await loaded) - saved);
  if (!(await tab.content()).includes(`Saved ${at} times.`)) throw new Error(`the page after save ${at} is not up to date`);
}
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
took.sort((a, b) => a - b);
console.log(`${took.length} saves of ${file}: median ${Math.round(took[took.length >> 1])} ms, maximum ${Math.round(took.at(-1))} ms`);
