// Runs nginx with the configuration from the manual.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MANUAL = new URL('../../src/manual/hosting.md', import.meta.url);
const TYPES = '/etc/nginx/mime.types';
const PROGRAM = process.env.NGINX ?? 'nginx';
// Debian installs nginx in /usr/sbin, which is often not in the path.
const PATH = `${process.env.PATH}:/usr/sbin`;
const MAX_START_MS = 10_000;

/** Returns the manual's two nginx configurations: a whole server, and a location below a path. */
export function manualConfigs() {
  const [server, location] = [...readFileSync(MANUAL, 'utf8').matchAll(/^```nginx\n(.*?)^```/gms)].map(([, text]) => text);
  if (!location) throw new Error('the manual does not have two nginx configurations');
  return { server, location };
}

/** Adds a location to a server that serves nothing else: its root is an empty folder. */
export const withLocation = (server, location, empty) =>
  replaceOnce(replaceOnce(server, /\}\s*$/, `${location}}\n`), 'root /srv/mill/public;', `root ${empty};`);

/** Starts nginx with a configuration, on a free port. Returns `{ base, close }`. */
export async function start(text, folder) {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'sourcewise-nginx-'));
  copyFileSync(TYPES, join(home, 'mime.types'));
  const configured = replaceOnce(text, 'listen 80;', `listen 127.0.0.1:${port};`).replaceAll('/srv/mill/public', folder);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${home}/${name};`);
  const config = `${process.getuid() === 0 ? 'user root;' : ''} daemon off; pid ${home}/pid; worker_processes 1;
events {}
http {
access_log off; ${temporary.join(' ')}
${configured}}
`;
  writeFileSync(join(home, 'nginx.conf'), config);
  const options = { env: { ...process.env, PATH }, stdio: ['ignore', 'ignore', 'pipe'] };
  const server = spawn(PROGRAM, ['-p', home, '-c', join(home, 'nginx.conf'), '-e', 'stderr'], options);
  let errors = '';
  server.stderr.on('data', (part) => (errors += part));
  const ended = once(server, 'exit').then(() => Promise.reject(new Error(`nginx exited: ${errors}`)));
  ended.catch(() => {});
  const base = `http://127.0.0.1:${port}`;
  await Promise.race([waitUntilReady(base), ended]);
  const close = async () => {
    server.kill();
    await ended.catch(() => {});
  };
  return { base, close };
}

/** Whether nginx is installed. */
export async function isInstalled() {
  const server = spawn(PROGRAM, ['-v'], { env: { ...process.env, PATH }, stdio: 'ignore' });
  const [code] = await once(server, 'exit').catch(() => [1]);
  return code === 0;
}

function replaceOnce(text, part, replacement) {
  const result = text.replace(part, () => replacement);
  if (result === text) throw new Error(`the manual's nginx configuration has no \`${part}\``);
  return result;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function waitUntilReady(base) {
  for (const end = Date.now() + MAX_START_MS; Date.now() < end; ) {
    if (await fetch(base).then(() => true, () => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nginx does not respond after ${MAX_START_MS} ms`);
}
