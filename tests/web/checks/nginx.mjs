// Shows that the manual's configuration for nginx serves the site whole, at the root of a domain and below a path: every link,
// addresses without `.html`, 404.html for what isn't there, and the headers of `_headers`.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHere, start, texts, withPlace } from '../nginx.mjs';
import { headerRules } from '../server.mjs';
import { crawl, fetched, notFound } from './crawl.mjs';

// nginx tells types by the ends of names; of these it knows only that they are JSON and XML.
const PLAIN = { '/sources.csl.json': 'application/json', '/feed.xml': 'text/xml' };

export async function check({ site }) {
  if (!(await isHere())) return { figures: 'LEFT OUT: there is no nginx here', faults: [] };
  const { server, place } = texts();
  const empty = mkdtempSync(join(tmpdir(), 'sourcewise-empty-'));
  const faults = [];
  const seen = { links: 0, anchors: 0, reached: new Set() };
  let bare = 0;
  for (const [text, path] of [[server, '/'], [withPlace(server, place, empty), '/x/y/']]) {
    const nginx = await start(text, site.folder);
    const base = nginx.base + path;
    try {
      const name = path === '/' ? 'root' : 'path';
      faults.push(...(await crawl(site, name, base, fetched, seen)));
      faults.push(...(await notFound({ base })), ...(await notFound({ base: `${base}far/away/` })));
      faults.push(...(await notFound({ base: `${base}compare/` }, '')));
      faults.push(...(await withoutEnding(site, base)), ...(await headers(site, base)));
      bare += site.pages.length;
    } finally {
      await nginx.close();
    }
  }
  const figures = `${faults.length} faults in ${seen.links} links, at root and path; ${bare} addresses without .html`;
  return { figures, faults };
}

/** Every page answers to its address without `.html`, and a folder to its name alone. */
async function withoutEnding(site, base) {
  const faults = [];
  for (const { path, text } of site.pages.filter(({ path }) => path !== 'index.html')) {
    const bare = path.replace(/(\/index)?\.html$/, '').split('/').map(encodeURIComponent).join('/');
    if ((await fetched(base + bare)) !== text) faults.push(`${base}${bare} is not answered with ${path}`);
  }
  return faults;
}

/** What `_headers` says for other hosts is sent by this one, with pages that are there and for those that aren't. */
async function headers(site, base) {
  const faults = [];
  for (const { path, headers } of headerRules(site.folder).map(known)) {
    const tried = path === '/*' ? ['', 'compare', 'no-such-page'] : [path.slice(1)];
    for (const address of tried.filter((name) => path === '/*' || site.files.includes(name))) {
      const response = await fetch(base + address);
      await response.arrayBuffer();
      for (const [name, value] of Object.entries(headers)) {
        const found = response.headers.get(name) ?? '';
        if (found.split(name === 'content-type' ? ';' : '\n')[0] !== value)
          faults.push(`${base}${address}: ${name} is \`${found}\`, not \`${value}\``);
      }
    }
  }
  return faults;
}

/** A rule as nginx can know it. */
function known({ name, headers }) {
  const type = PLAIN[name] ?? headers['content-type']?.split(';')[0];
  return { path: name, headers: type ? { ...headers, 'content-type': type } : headers };
}
