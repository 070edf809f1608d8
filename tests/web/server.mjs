// Serves a built site like a simple static host: at the root of a domain or below a prefix, compressed with gzip, with
// 404.html for missing files, and with the headers of the site's `_headers` file. Logs the requests.

import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.bib': 'application/x-bibtex; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonld': 'application/ld+json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};
// Types that are not compressed again.
const COMPRESSED_TYPES = /^(image\/(?!svg)|font\/)/;

/**
 * Serves `folder` below `prefix` on a free port. Returns `base`, the address of the site; `log`, the responses (`path`,
 * `status`, `bytes` as sent); `rules`, the rules of `_headers`; and `close`.
 */
export async function serve(folder, prefix) {
  const rules = headerRules(folder);
  const log = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const below = path.startsWith(prefix) ? decodeURIComponent(path.slice(prefix.length)) : undefined;
    const found = below === undefined ? undefined : read(folder, below || 'index.html');
    const { bytes, type } = found ??
      read(folder, '404.html') ?? { bytes: Buffer.from('not found'), type: TYPES['.txt'] };
    const isCompressed = !COMPRESSED_TYPES.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const body = isCompressed ? gzipSync(bytes) : bytes;
    const status = found ? 200 : 404;
    const headers = { 'content-type': type, 'content-length': body.length, ...headersFor(rules, `/${below ?? ''}`) };
    if (isCompressed) headers['content-encoding'] = 'gzip';
    log.push({ path, status, bytes: body.length });
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { base, log, rules, close: () => server.close() };
}

/** Reads a file of the site by its exact path; for a folder, its `index.html`. */
function read(folder, path) {
  if (path.split('/').includes('..')) return undefined;
  const file = join(folder, path, path.endsWith('/') ? 'index.html' : '');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return { bytes: readFileSync(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
}

/** Parses `_headers`: a path, possibly with `*`, followed by indented lines with one header each. */
export function headerRules(folder) {
  const file = join(folder, '_headers');
  if (!statSync(file, { throwIfNoEntry: false })) return [];
  const rules = [];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^\S/.test(line)) {
      const parts = line
        .trim()
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      rules.push({ name: line.trim(), path: new RegExp(`^${parts.join('.*')}$`), headers: {} });
    } else {
      const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
      if (!name || rules.length === 0) throw new Error(`invalid line in _headers: ${line}`);
      rules.at(-1).headers[name.toLowerCase()] = value;
    }
  }
  return rules;
}

function headersFor(rules, path) {
  return Object.assign({}, ...rules.filter((rule) => rule.path.test(path)).map((rule) => rule.headers));
}
