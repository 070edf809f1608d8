// Runs the user journeys, with and without JavaScript.

import { journeys } from '../journeys.mjs';
import { NotApplicable, Reader } from '../reader.mjs';

export async function check(context) {
  const failures = [];
  const skipped = [];
  let passed = 0;
  for (const { name, steps, js } of journeys) {
    for (const enabled of js) {
      const reader = new Reader(context, enabled);
      const variant = `${name}, ${enabled ? 'with' : 'without'} JavaScript`;
      try {
        await steps(reader);
        passed += 1;
      } catch (error) {
        if (error instanceof NotApplicable) skipped.push(`${name} (${error.message})`);
        else failures.push(`${variant}: ${error.message}`);
      } finally {
        await reader.close();
      }
    }
  }
  const note = skipped.length > 0 ? `; skipped: ${[...new Set(skipped)].join(', ')}` : '';
  return { summary: `${passed} of ${passed + failures.length} journeys passed${note}`, failures };
}
