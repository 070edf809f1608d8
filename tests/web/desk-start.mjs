// Starts `sourcewise desk` on a folder.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs the desk; `command` is the program with its first arguments. Returns `{ address, close }`: the address has the
 * token of this start.
 */
export async function startDesk(command, folder) {
  const [program, ...first] = command;
  const child = spawn(program, [...first, 'desk', '--root', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    lines.on('line', (line) => {
      const url = /http:\/\/\S+\/desk\/\?token=\S+/.exec(line)?.[0];
      if (url) found(url);
    });
    child.on('exit', () => failed(new Error('`sourcewise desk` exited')));
  });
  const close = () => new Promise((ended) => {
    child.removeAllListeners('exit');
    child.on('exit', ended);
    child.kill();
  });
  return { address, close };
}
