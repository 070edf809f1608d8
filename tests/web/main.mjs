// Runs the checks one after the other and prints a line for each. `run` builds the site and calls this.

import { parseArgs } from 'node:util';
import { open, run } from './checking.mjs';

// In the order in which they run: what is quick to fail comes first.
const CHECKS = ['crawl', 'nginx', 'nu', 'weight', 'requests', 'hostile', 'preview', 'overflow', 'journeys', 'axe', 'lighthouse', 'shots'];
const NOT_QUICK = ['lighthouse', 'shots'];
const ONLY_IF_NAMED = ['shots'];
// So many faults of one check are printed.
const SHOWN = 30;

const { values, positionals } = understand();
const chosen = values.only
  ? CHECKS.filter((name) => values.only.includes(name))
  : CHECKS.filter((name) => !ONLY_IF_NAMED.includes(name) && !(values.quick && NOT_QUICK.includes(name)));

const context = await open(positionals[0], values);
let failed = false;
for (const name of chosen) {
  const start = Date.now();
  const { figures, faults } = await run(name, context);
  failed ||= faults.length > 0;
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${faults.length > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(11)}${figures} (${seconds} s)`);
  for (const fault of faults.slice(0, SHOWN)) console.log(`       ${fault}`);
  if (faults.length > SHOWN) console.log(`       and ${faults.length - SHOWN} more`);
}
await context.close();
process.exit(failed ? 1 : 0);

/** What was asked for; exit code 2 if it can't be understood. */
function understand() {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    to: { type: 'string' },
  };
  try {
    const asked = parseArgs({ allowPositionals: true, options });
    const unknown = asked.values.only?.find((name) => !CHECKS.includes(name));
    if (unknown) throw new Error(`there is no check \`${unknown}\`; there are ${CHECKS.join(', ')}`);
    if (asked.values.only?.includes('shots') && !asked.values.to)
      throw new Error('say with `--to FOLDER` where the pictures go');
    return asked;
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exit(2);
  }
}
