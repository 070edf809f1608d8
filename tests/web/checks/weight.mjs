// Measures the transfer size of a first visit, compressed with gzip, including everything that the browser requests.
// The home page and the comparison have a budget.

const MAX_KB = { home: 40, compare: 120 };
const BYTES_PER_KB = 1024;
// Time for requests after `load`, such as the icon.
const SETTLE_MS = 300;

export async function check({ site, browser, root }) {
  const summary = [];
  const failures = [];
  for (const { path, kind } of site.kinds) {
    // A new context has an empty cache.
    const visitor = await browser.createBrowserContext();
    const tab = await visitor.newPage();
    root.log.length = 0;
    await tab.goto(root.base + path, { waitUntil: 'load' });
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    await visitor.close();
    const weight = root.log.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_KB;
    summary.push(`${kind} ${weight.toFixed(1)}`);
    if (weight > (MAX_KB[kind] ?? Infinity)) {
      const parts = root.log.map(({ path, bytes }) => `${path} ${(bytes / BYTES_PER_KB).toFixed(1)}`).join(', ');
      failures.push(`${path} weighs ${weight.toFixed(1)} KB, more than ${MAX_KB[kind]}: ${parts}`);
    }
  }
  return { summary: `KB: ${summary.join(', ')}`, failures };
}
