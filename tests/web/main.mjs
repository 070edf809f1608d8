// Runs the checks one after the other and prints one line each. The script `run` builds the site and calls this.

import { parseArgs } from 'node:util';
import { open, run } from './runner.mjs';

// In running order: fast checks first.
const CHECKS = ['crawl', 'nginx', 'nu', 'weight', 'requests', 'hostile', 'visible', 'preview', 'desk', 'overflow', 'matrix', 'journeys', 'axe', 'lighthouse', 'shots'];
const SLOW = ['lighthouse', 'shots'];
const ONLY_IF_NAMED = ['shots'];
const MAX_FAILURES_SHOWN = 30;

const { values, positionals } = parseArguments();
const chosen = values.only
  ? CHECKS.filter((name) => values.only.includes(name))
  : CHECKS.filter((name) => !ONLY_IF_NAMED.includes(name) && !(values.quick && SLOW.includes(name)));

const context = await open(positionals[0], values);
let failed = false;
for (const name of chosen) {
  const start = Date.now();
  const { summary, failures } = await run(name, context);
  failed ||= failures.length > 0;
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${failures.length > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(11)}${summary} (${seconds} s)`);
  for (const failure of failures.slice(0, MAX_FAILURES_SHOWN)) console.log(`       ${failure}`);
  if (failures.length > MAX_FAILURES_SHOWN) console.log(`       and ${failures.length - MAX_FAILURES_SHOWN} more`);
}
await context.close();
process.exit(failed ? 1 : 0);

/** Parses the command line. Exits with code 2 if it is invalid. */
function parseArguments() {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    to: { type: 'string' },
  };
  try {
    const parsed = parseArgs({ allowPositionals: true, options });
    const unknown = parsed.values.only?.find((name) => !CHECKS.includes(name));
    if (unknown) throw new Error(`unknown check \`${unknown}\`; the checks are ${CHECKS.join(', ')}`);
    if (parsed.values.only?.includes('shots') && !parsed.values.to)
      throw new Error('`--only shots` needs `--to FOLDER`');
    return parsed;
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exit(2);
  }
}
