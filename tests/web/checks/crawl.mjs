// Checks that every link, anchor and asset of every page exists: at the root of a domain, below a prefix, and from
// disk.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cssLinks, ids, links } from '../markup.mjs';

export async function check({ site, browser, root, below }) {
  const failures = [];
  const seen = { links: 0, anchors: 0, reached: new Set(['index.html']) };
  const disk = pathToFileURL(`${site.folder}/`).href;
  const places = [
    ['root', root.base, fetched],
    ['prefix', below.base, fetched],
    ['disk', disk, read],
  ];
  for (const [name, base, get] of places) failures.push(...(await crawl(site, name, base, get, seen)));
  failures.push(...(await notFound(root)), ...(await notFound(below)), ...(await fromDisk(site, disk, browser)));
  const orphans = site.pages.filter(({ path }) => path !== '404.html' && !seen.reached.has(path)).length;
  const summary = `${failures.length} failures in ${seen.links} links, ${seen.anchors} of them to anchors`;
  return { summary: `${summary}, at root, prefix and disk; ${orphans} pages that no page links to`, failures };
}

/** Follows every link of every file below a base URL; counts them in `seen`. */
export async function crawl(site, name, base, get, seen) {
  const failures = [];
  const known = new Map();
  const target = (url) => known.get(url) ?? known.set(url, get(url).then(parsed)).get(url);
  for (const path of site.files.filter((path) => /\.(html|css)$/.test(path))) {
    const from = new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
    const fail = (link, why) => failures.push(`${name}: ${path}: \`${link}\` ${why}`);
    await follow(from, base, target, fail, seen);
  }
  return failures;
}

/** Wraps the text of a file; its ids are parsed on first use. */
function parsed(text) {
  let found;
  return text === undefined ? undefined : { text, has: (id) => (found ??= ids(text)).has(id) };
}

/** Follows every link of one file. */
async function follow(from, base, target, fail, seen) {
  const own = await target(from);
  if (own === undefined) return fail(from, 'is not served');
  const found = from.endsWith('.css') ? cssLinks(own.text).map((url) => ({ url, loads: true })) : links(own.text);
  for (const { url: link, loads } of found) {
    const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
    if (!url) {
      fail(link, 'is not a valid URL');
      continue;
    }
    if (/^(data|mailto|tel):/.test(url.protocol)) continue;
    seen.links += 1;
    if (!url.href.startsWith(base)) {
      const inside = url.origin === new URL(base).origin;
      if (loads) fail(link, 'is loaded from another site');
      else if (inside) fail(link, 'leads out of the site');
      continue;
    }
    const fragment = decoded(url.hash.slice(1).replace(/:~:.*$/, ''));
    url.hash = '';
    const linked = await target(url.href);
    if (linked === undefined) fail(link, 'is a broken link');
    else if (fragment && fragment !== 'top') {
      seen.anchors += 1;
      if (!linked.has(fragment)) fail(link, 'has no such anchor');
    }
    if (!loads && from !== url.href) seen.reached.add(decoded(url.href.slice(base.length)) || 'index.html');
  }
}

/** Percent-decodes a text, if it is well formed. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Fetches a URL. Returns its text if the status is 200. */
export async function fetched(url) {
  const response = await fetch(url);
  const text = await response.text();
  return response.status === 200 ? text : undefined;
}

async function read(url) {
  const file = fileURLToPath(url);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
}

/** Checks that a missing page returns status 404 and the site's 404.html. */
export async function notFound({ base }, name = 'no-such-page.html') {
  const response = await fetch(base + name);
  const text = await response.text();
  if (response.status === 404 && text.includes('class="not-found-page"')) return [];
  return [`${base}${name} returns ${response.status}, and not 404 with 404.html`];
}

/** Checks that one page of each kind, opened from disk, loads everything that it needs. */
async function fromDisk(site, disk, browser) {
  const failures = [];
  for (const { path } of site.kinds) {
    const tab = await browser.newPage();
    tab.on('requestfailed', (request) => failures.push(`disk: ${path}: ${request.url()} does not load`));
    await tab.goto(disk + path, { waitUntil: 'load' });
    const isStyled = await tab.evaluate(() => getComputedStyle(document.body).getPropertyValue('font-family') !== '');
    const sheets = await tab.evaluate(() => document.styleSheets.length);
    if (!isStyled || sheets === 0) failures.push(`disk: ${path}: no style sheet is applied`);
    await tab.close();
  }
  return failures;
}
