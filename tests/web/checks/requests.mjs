// Shows that every kind of page asks nothing of any other site, breaks no rule of its own Content-Security-Policy,
// reports no error, and doesn't jump while it loads.

import { inTabs } from '../browser.mjs';

const WIDTHS = [390, 1440];
// What a page still does after `load` is done by then.
const SETTLED = 400;

export async function check({ site, browser, below }) {
  const visits = WIDTHS.flatMap((width) => site.kinds.map(({ path }) => ({ path, width })));
  // One tab: layout shifts are only seen in the one that is in front.
  const found = await inTabs(browser, 1, visits, (tab, visit) => look(browser, below.base, visit));
  const faults = found.flatMap(({ faults }) => faults);
  const asked = found.reduce((sum, { asked }) => sum + asked, 0);
  const policy = below.rules.some(({ headers }) => 'content-security-policy' in headers);
  const rules = policy ? 'under the policy of _headers' : 'no policy in _headers';
  const figures = `${faults.length} faults in ${asked} requests of ${site.kinds.length} kinds of page`;
  return { figures: `${figures} at ${WIDTHS.join(' and ')}; ${rules}`, faults };
}

async function look(browser, base, { path, width }) {
  const tab = await browser.newPage();
  const faults = [];
  const bad = (text) => faults.push(`${path} at ${width}: ${text}`);
  let asked = 0;
  await tab.setViewport({ width, height: 900 });
  await tab.setRequestInterception(true);
  tab.on('request', (request) => {
    asked += 1;
    const own = request.url().startsWith(base) || request.url().startsWith('data:');
    if (!own) bad(`asks for ${request.url()}`);
    return own ? request.continue() : request.abort();
  });
  tab.on('response', (response) => {
    const expected = path === '404.html' ? [200, 404] : [200];
    if (!expected.includes(response.status())) bad(`${response.url()} is answered with ${response.status()}`);
  });
  tab.on('console', (message) => message.type() === 'error' && bad(`console: ${message.text()}`));
  tab.on('pageerror', (error) => bad(`script: ${error.message}`));
  await tab.evaluateOnNewDocument(watch);
  await tab.goto(base + path, { waitUntil: 'load' });
  await new Promise((done) => setTimeout(done, SETTLED));
  const { violations, shifts } = await tab.evaluate(() => window.watched);
  for (const violation of violations) bad(`policy: ${violation}`);
  for (const shift of shifts) bad(`jumps: ${shift}`);
  await tab.close();
  return { faults, asked };
}

/** Runs in the page, before anything else. */
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
