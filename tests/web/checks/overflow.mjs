// Checks that no page scrolls horizontally. A width of 320 px also stands for a screen of 1280 px at 400 % zoom, as
// WCAG requires, and 390 px for one of 780 px at 200 %.

import { inTabs } from '../browser.mjs';

const WIDTHS = [320, 390, 820, 1440];

export async function check({ pages, browser, root }) {
  const found = await inTabs(browser, 2, pages, async (tab, { path }) => {
    await tab.goto(root.base + path, { waitUntil: 'load' });
    const failures = [];
    for (const width of WIDTHS) {
      await tab.setViewport({ width, height: 900 });
      const wide = await tab.evaluate(tooWide);
      if (wide) failures.push(`${path} at ${width}: ${wide}`);
    }
    return failures;
  });
  const failures = found.flat();
  return { summary: `${failures.length} of ${pages.length} pages × ${WIDTHS.join(', ')} too wide`, failures };
}

/** Runs in the page. Returns its width and the first innermost element that overflows, or undefined. */
function tooWide() {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= window.innerWidth) return undefined;
  const clips = (element) =>
    element && (getComputedStyle(element).overflowX !== 'visible' || clips(element.parentElement));
  const overflows = (element) => {
    const { left, right } = element.getBoundingClientRect();
    return Math.max(right, left + element.scrollWidth) > window.innerWidth + 1 && !clips(element);
  };
  const wide = [...document.body.querySelectorAll('*')].filter(overflows);
  const innermost = wide.find((element) => !wide.some((other) => other !== element && element.contains(other)));
  const name = innermost
    ? `${innermost.localName}.${innermost.className} “${innermost.textContent.trim().slice(0, 40)}”`
    : 'no element found';
  return `${scrollWidth} px wide: ${name}`;
}
