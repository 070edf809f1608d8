// Checks that every kind of page makes no request to another site, does not violate its Content-Security-Policy, logs
// no error, and has no layout shift while loading.

import { inTabs } from '../browser.mjs';

const WIDTHS = [390, 1440];
// Time for what a page still does after `load`.
const SETTLE_MS = 400;

export async function check({ site, browser, below }) {
  const visits = WIDTHS.flatMap((width) => site.kinds.map(({ path }) => ({ path, width })));
  // One tab only: layout shifts are only reported for the tab in front.
  const found = await inTabs(browser, 1, visits, (tab, visit) => visitPage(browser, below.base, visit));
  const failures = found.flatMap(({ failures }) => failures);
  const requests = found.reduce((sum, { requests }) => sum + requests, 0);
  const policy = below.rules.some(({ headers }) => 'content-security-policy' in headers);
  const rules = policy ? 'under the policy of _headers' : 'no policy in _headers';
  const summary = `${failures.length} failures in ${requests} requests of ${site.kinds.length} kinds of page`;
  return { summary: `${summary} at ${WIDTHS.join(' and ')}; ${rules}`, failures };
}

async function visitPage(browser, base, { path, width }) {
  const tab = await browser.newPage();
  const failures = [];
  const fail = (text) => failures.push(`${path} at ${width}: ${text}`);
  let requests = 0;
  await tab.setViewport({ width, height: 900 });
  await tab.setRequestInterception(true);
  tab.on('request', (request) => {
    requests += 1;
    const own = request.url().startsWith(base) || request.url().startsWith('data:');
    if (!own) fail(`requests ${request.url()}`);
    return own ? request.continue() : request.abort();
  });
  tab.on('response', (response) => {
    const expected = path === '404.html' ? [200, 404] : [200];
    if (!expected.includes(response.status())) fail(`${response.url()} returns ${response.status()}`);
  });
  tab.on('console', (message) => message.type() === 'error' && fail(`console: ${message.text()}`));
  tab.on('pageerror', (error) => fail(`script: ${error.message}`));
  await tab.evaluateOnNewDocument(watch);
  await tab.goto(base + path, { waitUntil: 'load' });
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const { violations, shifts } = await tab.evaluate(() => window.watched);
  for (const violation of violations) fail(`policy: ${violation}`);
  for (const shift of shifts) fail(`layout shift: ${shift}`);
  await tab.close();
  return { failures, requests };
}

/** Runs in the page before its own scripts. */
function watch() {
  window.watched = { violations: [], shifts: [] };
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      window.watched.violations.push(`${effectiveDirective} blocks ${blockedURI} (${sourceFile}:${lineNumber})`);
    },
  );
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => node?.className || node?.nodeName).join(', ');
      if (value > 0) window.watched.shifts.push(`${value.toFixed(4)} ${moved}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
