// Starts `sourcewise serve`, and saves files as an editor does.

import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Runs `serve` on a folder; `command` is the program with its first arguments. Returns `{ address, close }`. */
export async function startServe(command, folder) {
  const [program, ...first] = command;
  const child = spawn(program, [...first, 'serve', '--root', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    lines.on('line', (line) => line.startsWith('http://') && found(line.split(' ')[0]));
    child.on('exit', () => failed(new Error('`sourcewise serve` exited')));
  });
  const close = () => new Promise((ended) => {
    child.removeAllListeners('exit');
    child.on('exit', ended);
    child.kill();
  });
  return { address, close };
}

/** Saves a file as editors do: writes a temporary file beside it and renames that. Returns the time of the rename in ms. */
export function save(folder, path, change) {
  const file = join(folder, path);
  const temporary = join(dirname(file), '.saving~');
  writeFileSync(temporary, change(readFileSync(file, 'utf8')));
  const now = performance.now();
  renameSync(temporary, file);
  return now;
}
