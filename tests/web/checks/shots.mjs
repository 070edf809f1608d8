// Takes screenshots of one page of each kind, for people to look at: narrow, medium and wide, light and dark, and
// printed.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inTabs, setColourScheme } from '../browser.mjs';

const WIDTHS = [390, 820, 1440];
const SCHEMES = ['light', 'dark'];

export async function check({ site, browser, root, to }) {
  mkdirSync(to, { recursive: true });
  const failures = [];
  await inTabs(browser, 1, site.kinds, async (tab, { path, kind }) => {
    await tab.goto(root.base + path, { waitUntil: 'load' });
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await tab.setViewport({ width, height: 900 });
        await setColourScheme(tab, scheme);
        await tab.screenshot({ path: join(to, `${kind}-${width}-${scheme}.png`), fullPage: true });
      }
    }
    await setColourScheme(tab, 'light');
    const pdf = join(to, `${kind}.pdf`);
    await tab.pdf({ path: pdf, preferCSSPageSize: true });
    try {
      execFileSync('pdftoppm', ['-png', '-r', '60', pdf, join(to, `${kind}-print`)]);
    } catch (error) {
      // Without pdftoppm, the PDF itself is enough.
      if (error.code !== 'ENOENT') failures.push(`${pdf}: ${error.message}`);
    }
  });
  return { summary: `${site.kinds.length} kinds of page in ${to}`, failures };
}
