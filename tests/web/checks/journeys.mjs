// Shows that readers can do what the journeys tell of, with JavaScript and without.

import { journeys } from '../journeys.mjs';
import { NotHere, Reader } from '../reader.mjs';

export async function check(context) {
  const faults = [];
  const skipped = [];
  let made = 0;
  for (const { name, make, js } of journeys) {
    for (const enabled of js) {
      const reader = new Reader(context, enabled);
      const how = `${name}, ${enabled ? 'with' : 'without'} JavaScript`;
      try {
        await make(reader);
        made += 1;
      } catch (error) {
        if (error instanceof NotHere) skipped.push(`${name} (${error.message})`);
        else faults.push(`${how}: ${error.message}`);
      } finally {
        await reader.close();
      }
    }
  }
  const left = skipped.length > 0 ? `; left out: ${[...new Set(skipped)].join(', ')}` : '';
  return { figures: `${made} of ${made + faults.length} journeys end well${left}`, faults };
}
