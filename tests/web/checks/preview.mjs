// Checks the author's preview with `serve`: a save updates the page, a style sheet updates without a reload, and a
// problem is shown over the page until it is fixed. Uses the site that `sourcewise new` creates.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { save, startServe } from '../preview.mjs';
import { PROGRAM } from '../program.mjs';

const PAGE = 'content/bridge.md';

export async function check({ browser }) {
  const work = mkdtempSync(join(tmpdir(), 'sourcewise-preview-'));
  const folder = join(work, 'site');
  const [program, ...first] = PROGRAM;
  execFileSync(program, [...first, 'new', folder, '--quiet']);
  mkdirSync(join(folder, 'templates/assets'), { recursive: true });
  const style = execFileSync(program, [...first, 'theme', 'assets/tokens.css']);
  writeFileSync(join(folder, 'templates/assets/tokens.css'), style);
  const server = await startServe(PROGRAM, folder);
  const tab = await browser.newPage();
  const failures = [];
  tab.on('console', (message) => message.type() === 'error' && failures.push(`console: ${message.text()}`));
  tab.on('pageerror', (error) => failures.push(`script: ${error.message}`));
  const steps = [
    ['a save shows on the page', async () => {
      save(folder, PAGE, (text) => `${text.trimEnd()}\n\nA line that was saved just now.\n`);
      await tab.waitForFunction(() => document.body?.textContent.includes('A line that was saved just now.'));
    }],
    ['a style sheet is replaced without a reload', async () => {
      await tab.evaluate(() => { window.wasNotReloaded = true; });
      save(folder, 'templates/assets/tokens.css', (text) => `${text}\n:root { --probe: 1px }\n`);
      await tab.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--probe').trim() === '1px');
      const links = await tab.$$eval('link[rel=stylesheet]', (all) => all.length);
      if (!(await tab.evaluate(() => window.wasNotReloaded))) throw new Error('the page was reloaded');
      await tab.waitForFunction((maxLinks) => document.querySelectorAll('link[rel=stylesheet]').length <= maxLinks, {}, links);
    }],
    ['a problem is shown over the page, with its line', async () => {
      save(folder, PAGE, (text) => text.replace('title =', 'titel ='));
      await tab.waitForFunction(() => document.querySelector('sourcewise-problems')?.shadowRoot.textContent.includes('bridge.md:2:1'));
      const covers = await tab.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName);
      if (covers !== 'sourcewise-problems') throw new Error(`the element in the middle of the page is <${covers}>`);
    }],
    ['Escape shows the last page without problems', async () => {
      await tab.keyboard.press('Escape');
      await tab.waitForFunction(() => !document.querySelector('sourcewise-problems'));
      save(folder, PAGE, (text) => text.replace('titel =', 'titell ='));
      await tab.waitForFunction(() => document.querySelector('sourcewise-problems'));
    }],
    ['the problem disappears when it is fixed', async () => {
      save(folder, PAGE, (text) => text.replace('titell =', 'title ='));
      await tab.waitForFunction(() => !document.querySelector('sourcewise-problems'));
      if (!(await tab.evaluate(() => window.wasNotReloaded))) throw new Error('the page was reloaded');
    }],
  ];
  try {
    tab.setDefaultTimeout(15_000);
    await tab.goto(`${server.address}bridge.html`);
    for (const [name, step] of steps) await step().catch((error) => failures.push(`${name}: ${error.message}`));
  } finally {
    await tab.close();
    await server.close();
    rmSync(work, { recursive: true });
  }
  return { summary: `${failures.length} failures in ${steps.length} steps with \`serve\``, failures };
}
