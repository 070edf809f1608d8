// Checks that the manual's nginx configuration serves the whole site, at the root of a domain and below a path: every
// link, URLs without `.html`, 404.html for missing pages, and the headers of `_headers`.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, manualConfigs, start, withLocation } from '../nginx.mjs';
import { headerRules } from '../server.mjs';
import { crawl, fetched, notFound } from './crawl.mjs';

// nginx derives content types from file extensions, so these have a less specific type than in `_headers`.
const NGINX_TYPES = { '/sources.csl.json': 'application/json', '/feed.xml': 'text/xml' };

export async function check({ site }) {
  if (!(await isInstalled())) return { summary: 'SKIPPED: nginx is not installed', failures: [] };
  const { server, location } = manualConfigs();
  const empty = mkdtempSync(join(tmpdir(), 'sourcewise-empty-'));
  const failures = [];
  const seen = { links: 0, anchors: 0, reached: new Set() };
  let withoutHtml = 0;
  for (const [text, path] of [[server, '/'], [withLocation(server, location, empty), '/x/y/']]) {
    const nginx = await start(text, site.folder);
    const base = nginx.base + path;
    try {
      const name = path === '/' ? 'root' : 'path';
      failures.push(...(await crawl(site, name, base, fetched, seen)));
      failures.push(...(await notFound({ base })), ...(await notFound({ base: `${base}far/away/` })));
      failures.push(...(await notFound({ base: `${base}compare/` }, '')));
      failures.push(...(await extensionless(site, base)), ...(await headers(site, base)));
      withoutHtml += site.pages.length;
    } finally {
      await nginx.close();
    }
  }
  const summary = `${failures.length} failures in ${seen.links} links, at root and path; ${withoutHtml} URLs without .html`;
  return { summary, failures };
}

/** Checks that every page is also served without `.html`, and a folder without a slash. */
async function extensionless(site, base) {
  const failures = [];
  for (const { path, text } of site.pages.filter(({ path }) => path !== 'index.html')) {
    const bare = path.replace(/(\/index)?\.html$/, '').split('/').map(encodeURIComponent).join('/');
    if ((await fetched(base + bare)) !== text) failures.push(`${base}${bare} does not serve ${path}`);
  }
  return failures;
}

/** Checks that nginx sends the headers of `_headers`, for pages that exist and for those that don't. */
async function headers(site, base) {
  const failures = [];
  for (const { path, headers } of headerRules(site.folder).map(toNginxRule)) {
    const paths = path === '/*' ? ['', 'compare', 'no-such-page'] : [path.slice(1)];
    for (const address of paths.filter((name) => path === '/*' || site.files.includes(name))) {
      const response = await fetch(base + address);
      await response.arrayBuffer();
      for (const [name, value] of Object.entries(headers)) {
        const found = response.headers.get(name) ?? '';
        if (found.split(name === 'content-type' ? ';' : '\n')[0] !== value)
          failures.push(`${base}${address}: ${name} is \`${found}\`, not \`${value}\``);
      }
    }
  }
  return failures;
}

/** Converts a rule of `_headers` to what nginx sends. */
function toNginxRule({ name, headers }) {
  const type = NGINX_TYPES[name] ?? headers['content-type']?.split(';')[0];
  return { path: name, headers: type ? { ...headers, 'content-type': type } : headers };
}
