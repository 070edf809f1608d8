// What an author sees while writing: a save shows on the page, a style without a reload, a problem over the page until it is
// mended. On the small site that `sourcewise new` makes.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview, save } from '../preview.mjs';

const PROGRAM = ['cargo', 'run', '-q', '--manifest-path', fileURLToPath(new URL('../../../Cargo.toml', import.meta.url)), '--'];
const PAGE = 'content/bridge.md';

export async function check({ browser }) {
  const work = mkdtempSync(join(tmpdir(), 'sourcewise-preview-'));
  const folder = join(work, 'site');
  const [program, ...first] = PROGRAM;
  execFileSync(program, [...first, 'new', folder, '--quiet']);
  mkdirSync(join(folder, 'templates/assets'), { recursive: true });
  const style = execFileSync(program, [...first, 'theme', 'assets/tokens.css']);
  writeFileSync(join(folder, 'templates/assets/tokens.css'), style);
  const served = await preview(PROGRAM, folder);
  const tab = await browser.newPage();
  const faults = [];
  tab.on('console', (message) => message.type() === 'error' && faults.push(`the console says: ${message.text()}`));
  tab.on('pageerror', (error) => faults.push(`a script fails: ${error.message}`));
  const steps = [
    ['a save shows on the page', async () => {
      save(folder, PAGE, (text) => `${text.trimEnd()}\n\nA line that was saved just now.\n`);
      await tab.waitForFunction(() => document.body.textContent.includes('A line that was saved just now.'));
    }],
    ['a style is swapped without a reload', async () => {
      await tab.evaluate(() => { window.isTheSame = true; });
      save(folder, 'templates/assets/tokens.css', (text) => `${text}\n:root { --probe: 1px }\n`);
      await tab.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--probe').trim() === '1px');
      const links = await tab.$$eval('link[rel=stylesheet]', (all) => all.length);
      if (!(await tab.evaluate(() => window.isTheSame))) throw new Error('the page was loaded anew');
      await tab.waitForFunction((most) => document.querySelectorAll('link[rel=stylesheet]').length <= most, {}, links);
    }],
    ['a problem is shown over the page, with its line', async () => {
      save(folder, PAGE, (text) => text.replace('title =', 'titel ='));
      await tab.waitForFunction(() => document.querySelector('sourcewise-problems')?.shadowRoot.textContent.includes('bridge.md:2:1'));
      const covers = await tab.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName);
      if (covers !== 'sourcewise-problems') throw new Error(`what is in the middle of the page is <${covers}>`);
    }],
    ['Escape shows the last good page', async () => {
      await tab.keyboard.press('Escape');
      await tab.waitForFunction(() => !document.querySelector('sourcewise-problems'));
      save(folder, PAGE, (text) => text.replace('titel =', 'titell ='));
      await tab.waitForFunction(() => document.querySelector('sourcewise-problems'));
    }],
    ['it goes when it is mended', async () => {
      save(folder, PAGE, (text) => text.replace('titell =', 'title ='));
      await tab.waitForFunction(() => !document.querySelector('sourcewise-problems'));
      if (!(await tab.evaluate(() => window.isTheSame))) throw new Error('the page was loaded anew');
    }],
  ];
  try {
    tab.setDefaultTimeout(15_000);
    await tab.goto(`${served.address}bridge.html`);
    for (const [name, step] of steps) await step().catch((error) => faults.push(`${name}: ${error.message}`));
  } finally {
    await tab.close();
    await served.close();
    rmSync(work, { recursive: true });
  }
  return { figures: `${faults.length} faults in ${steps.length} steps of an author with \`serve\``, faults };
}
