// Shows that every link, anchor and asset of every page is there: at the root of a domain, below a prefix, and from
// disk.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cssLinks, ids, links } from '../markup.mjs';

export async function check({ site, browser, root, below }) {
  const faults = [];
  const seen = { links: 0, anchors: 0, reached: new Set(['index.html']) };
  const disk = pathToFileURL(`${site.folder}/`).href;
  const places = [
    ['root', root.base, fetched],
    ['prefix', below.base, fetched],
    ['disk', disk, read],
  ];
  for (const [name, base, get] of places) faults.push(...(await crawl(site, name, base, get, seen)));
  faults.push(...(await notFound(root)), ...(await notFound(below)), ...(await fromDisk(site, disk, browser)));
  const alone = site.pages.filter(({ path }) => path !== '404.html' && !seen.reached.has(path)).length;
  const figures = `${faults.length} faults in ${seen.links} links, ${seen.anchors} of them to anchors`;
  return { figures: `${figures}, at root, prefix and disk; ${alone} pages that no page links to`, faults };
}

/** Follows every link of every file, as they are got at one place; counts them in `seen`. */
export async function crawl(site, name, base, get, seen) {
  const faults = [];
  const known = new Map();
  const target = (url) => known.get(url) ?? known.set(url, get(url).then(understood)).get(url);
  for (const path of site.files.filter((path) => /\.(html|css)$/.test(path))) {
    const from = new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
    const bad = (link, why) => faults.push(`${name}: ${path}: \`${link}\` ${why}`);
    await follow(from, base, target, bad, seen);
  }
  return faults;
}

/** What a file holds for this check: its text, and its ids once they are asked for. */
function understood(text) {
  let found;
  return text === undefined ? undefined : { text, has: (id) => (found ??= ids(text)).has(id) };
}

/** Follows every link of one file. */
async function follow(from, base, target, bad, seen) {
  const own = await target(from);
  if (own === undefined) return bad(from, 'is not served');
  const found = from.endsWith('.css') ? cssLinks(own.text).map((url) => ({ url, loads: true })) : links(own.text);
  for (const { url: link, loads } of found) {
    const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
    if (!url) {
      bad(link, 'is no address');
      continue;
    }
    if (/^(data|mailto|tel):/.test(url.protocol)) continue;
    seen.links += 1;
    if (!url.href.startsWith(base)) {
      const inside = url.origin === new URL(base).origin;
      if (loads) bad(link, 'is fetched from elsewhere');
      else if (inside) bad(link, 'leads out of the site');
      continue;
    }
    const fragment = decoded(url.hash.slice(1).replace(/:~:.*$/, ''));
    url.hash = '';
    const there = await target(url.href);
    if (there === undefined) bad(link, 'leads nowhere');
    else if (fragment && fragment !== 'top') {
      seen.anchors += 1;
      if (!there.has(fragment)) bad(link, 'leads to no anchor');
    }
    if (!loads && from !== url.href) seen.reached.add(decoded(url.href.slice(base.length)) || 'index.html');
  }
}

/** Without its percent signs, if they are well formed. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text at an address, if it is answered as it should be. */
export async function fetched(url) {
  const response = await fetch(url);
  const text = await response.text();
  return response.status === 200 ? text : undefined;
}

async function read(url) {
  const file = fileURLToPath(url);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
}

/** What isn't there is answered with 404, and with the site's own page for it. */
export async function notFound({ base }, name = 'no-such-page.html') {
  const response = await fetch(base + name);
  const text = await response.text();
  if (response.status === 404 && text.includes('class="not-found-page"')) return [];
  return [`${base}${name} is answered with ${response.status}, and not with 404.html`];
}

/** Opened from disk in the browser, one page of each kind loads all that it needs. */
async function fromDisk(site, disk, browser) {
  const faults = [];
  for (const { path } of site.kinds) {
    const tab = await browser.newPage();
    tab.on('requestfailed', (request) => faults.push(`disk: ${path}: ${request.url()} does not load`));
    await tab.goto(disk + path, { waitUntil: 'load' });
    const styled = await tab.evaluate(() => getComputedStyle(document.body).getPropertyValue('font-family') !== '');
    const sheets = await tab.evaluate(() => document.styleSheets.length);
    if (!styled || sheets === 0) faults.push(`disk: ${path}: no style sheet is applied`);
    await tab.close();
  }
  return faults;
}
