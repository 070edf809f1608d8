// Reads a built site from its folder: its pages, their kinds, and its other files.

import { readFile, readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/**
 * Reads the folder. `pages` are `{ path, kind, text }`; `kinds` holds the longest page of each kind. A page's kind is taken
 * from the class of its body: `home-page` is the kind `home`.
 */
export async function readSite(folder) {
  folder = resolve(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !path.startsWith('.'))
    .sort();
  const pages = [];
  for (const path of files.filter((path) => path.endsWith('.html'))) {
    const text = await readFile(join(folder, path), 'utf8');
    const kind = /<body[^>]*\bclass="(?:[^"]* )?([a-z-]+)-page\b/.exec(text)?.[1] ?? 'unknown';
    pages.push({ path, kind, text });
  }
  if (!pages.some((page) => page.path === 'index.html')) throw new Error(`${folder} is not a built site: it has no index.html`);
  return { folder, files, pages, kinds: longestOfEachKind(pages) };
}

/** Returns the longest page of each kind, which is the most likely to have faults. */
function longestOfEachKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const known = kinds.get(page.kind);
    if (!known || page.text.length > known.text.length) kinds.set(page.kind, page);
  }
  return [...kinds.values()];
}
