// Runs nginx with the configuration that the manual shows.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MANUAL = new URL('../../src/manual/hosting.md', import.meta.url);
const TYPES = '/etc/nginx/mime.types';
const PROGRAM = process.env.NGINX ?? 'nginx';
// Where Debian keeps it, which isn't in everybody's path.
const PATH = `${process.env.PATH}:/usr/sbin`;
const PATIENCE = 10_000;

/** The configuration that the manual shows for nginx: a whole server, and a place below a path of one. */
export function texts() {
  const [server, place] = [...readFileSync(MANUAL, 'utf8').matchAll(/^```nginx\n(.*?)^```/gms)].map(([, text]) => text);
  if (!place) throw new Error('the manual has no two configurations for nginx');
  return { server, place };
}

/** The text with a place added to its server, and nothing else served. */
export const withPlace = (server, place, empty) =>
  replaced(replaced(server, /\}\s*$/, `${place}}\n`), 'root /srv/mill/public;', `root ${empty};`);

/** Serves what a text says, on a free port: `{ base, close }`, or nothing if there is no nginx here. */
export async function start(text, folder) {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'sourcewise-nginx-'));
  copyFileSync(TYPES, join(home, 'mime.types'));
  const listening = replaced(text, 'listen 80;', `listen 127.0.0.1:${port};`).replaceAll('/srv/mill/public', folder);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${home}/${name};`);
  const config = `${process.getuid() === 0 ? 'user root;' : ''} daemon off; pid ${home}/pid; worker_processes 1;
events {}
http {
access_log off; ${temporary.join(' ')}
${listening}}
`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const options = { env: { ...process.env, PATH }, stdio: ['ignore', 'ignore', 'pipe'] };
  const server = spawn(PROGRAM, ['-p', home, '-c', join(home, 'nginx.conf'), '-e', 'stderr'], options);
  let said = '';
  server.stderr.on('data', (part) => (said += part));
  const ended = once(server, 'exit').then(() => Promise.reject(new Error(`nginx ended: ${said}`)));
  ended.catch(() => {});
  const base = `http://127.0.0.1:${port}`;
  await Promise.race([answers(base), ended]);
  const close = async () => {
    server.kill();
    await ended.catch(() => {});
  };
  return { base, close };
}

/** Whether there is an nginx to start. */
export async function isHere() {
  const server = spawn(PROGRAM, ['-v'], { env: { ...process.env, PATH }, stdio: 'ignore' });
  const [code] = await once(server, 'exit').catch(() => [1]);
  return code === 0;
}

function replaced(text, part, by) {
  const other = text.replace(part, () => by);
  if (other === text) throw new Error(`the manual's configuration has no \`${part}\``);
  return other;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(base) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (await fetch(base).then(() => true, () => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nginx does not answer');
}
