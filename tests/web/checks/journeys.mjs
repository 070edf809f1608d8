// Runs the user journeys in Chromium, with and without JavaScript, and in Firefox.

import { inFirefox } from '../browser.mjs';
import { journeys } from '../journeys.mjs';
import { NotApplicable, Reader } from '../reader.mjs';

export async function check(context) {
  const results = { failures: [], skipped: new Set(), passed: 0 };
  for (const { name, steps, js } of journeys) {
    for (const enabled of js) await run(`${name}, ${enabled ? 'with' : 'without'} JavaScript`, steps, new Reader(context, enabled), results);
  }
  const notes = [];
  if (!context.quick) {
    // Firefox can't turn off scripts, nor allow a page to read the clipboard.
    const possible = journeys.filter(({ js, clipboard }) => js.includes(true) && !clipboard);
    const done = await inFirefox(async (browser) => {
      for (const { name, steps } of possible) await run(`${name}, in Firefox`, steps, new Reader({ ...context, browser }, true), results);
      return `; ${possible.length} of them in Firefox, too`;
    });
    notes.push(done ?? '; SKIPPED in Firefox, which is not installed');
  }
  const { failures, skipped, passed } = results;
  if (skipped.size > 0) notes.push(`; skipped: ${[...skipped].join(', ')}`);
  return { summary: `${passed} of ${passed + failures.length} journeys passed${notes.join('')}`, failures };
}

async function run(name, steps, reader, results) {
  try {
    await steps(reader);
    results.passed += 1;
  } catch (error) {
    if (error instanceof NotApplicable) results.skipped.add(`${name} (${error.message})`);
    else results.failures.push(`${name}: ${error.message}`);
  } finally {
    await reader.close();
  }
}
