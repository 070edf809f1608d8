// Checks with axe-core that no page violates WCAG 2.2 AA or best practices, narrow and wide, light and dark.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inTabs, setColourScheme } from '../browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [390, 1440];
const SCHEMES = ['light', 'dark'];

export async function check({ pages, browser, root }) {
  const failures = await inTabs(browser, 2, pages, async (tab, { path }) => {
    await tab.goto(root.base + path, { waitUntil: 'load' });
    await tab.evaluate(AXE);
    const found = [];
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await tab.setViewport({ width, height: 900 });
        await setColourScheme(tab, scheme);
        found.push(...(await violations(tab)).map((text) => `${path} at ${width}, ${scheme}: ${text}`));
      }
    }
    return found;
  });
  const all = failures.flat();
  return {
    summary: `${all.length} violations on ${pages.length} pages, ${WIDTHS.length * SCHEMES.length} variants each`,
    failures: all,
  };
}

/** Returns one line per violation: the rule, and the first element that violates it. */
function violations(tab) {
  return tab.evaluate(async (tags) => {
    const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target.join(' ')}`);
  }, TAGS);
}
