// Shows what a first visit costs, everything included that the browser asks for, packed with gzip: the home page and
// the comparison keep within their budgets.

const BUDGETS = { home: 40, compare: 120 };
const KB = 1024;
// What is asked for after `load`, such as the icon, is asked for by then.
const SETTLED = 300;

export async function check({ site, browser, root }) {
  const figures = [];
  const faults = [];
  for (const { path, kind } of site.kinds) {
    // A context of its own: nothing is in its cache.
    const visitor = await browser.createBrowserContext();
    const tab = await visitor.newPage();
    root.log.length = 0;
    await tab.goto(root.base + path, { waitUntil: 'load' });
    await new Promise((done) => setTimeout(done, SETTLED));
    await visitor.close();
    const weight = root.log.reduce((sum, { bytes }) => sum + bytes, 0) / KB;
    figures.push(`${kind} ${weight.toFixed(1)}`);
    if (weight > (BUDGETS[kind] ?? Infinity)) {
      const parts = root.log.map(({ path, bytes }) => `${path} ${(bytes / KB).toFixed(1)}`).join(', ');
      faults.push(`${path} weighs ${weight.toFixed(1)} KB, more than ${BUDGETS[kind]}: ${parts}`);
    }
  }
  return { figures: `KB: ${figures.join(', ')}`, faults };
}
