// `sourcewise serve` on a site in a folder of its own, and a browser's tab that looks at it.

import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts the program (`command` with its arguments) on a folder; what is returned has its `address`, and ends it. */
export async function preview(command, folder) {
  const [program, ...first] = command;
  const child = spawn(program, [...first, 'serve', '--root', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    lines.on('line', (line) => line.startsWith('http://') && found(line.split(' ')[0]));
    child.on('exit', () => failed(new Error('`sourcewise serve` ended')));
  });
  const close = () => new Promise((ended) => {
    child.removeAllListeners('exit');
    child.on('exit', ended);
    child.kill();
  });
  return { address, close };
}

/** Writes a file as editors do: beside it, and then in its place. Returns when that was, in ms. */
export function save(folder, path, change) {
  const file = join(folder, path);
  const beside = join(dirname(file), '.saving~');
  writeFileSync(beside, change(readFileSync(file, 'utf8')));
  const now = performance.now();
  renameSync(beside, file);
  return now;
}
