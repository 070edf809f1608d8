// Extracts links and ids from HTML and CSS, with regular expressions. Good enough for pages that pass the Nu checker.

const TAG = /<!--.*?-->|<([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gis;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const RAW = /(<(script|style|textarea|title)\b[^>]*>).*?<\/\2\s*>/gis;
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });

/** Returns the elements of a page: `{ name, attributes }`. */
export function elements(html) {
  const found = [];
  for (const [, name, rest] of html.replace(RAW, '$1').matchAll(TAG)) {
    if (!name) continue;
    const attributes = {};
    for (const [, key, ...values] of rest.matchAll(ATTRIBUTE)) {
      attributes[key.toLowerCase()] = decode(values.find((value) => value !== undefined) ?? '');
    }
    found.push({ name: name.toLowerCase(), attributes });
  }
  return found;
}

/** Returns all links of a page: `{ url, loads }`. `loads` is true if the browser loads the URL with the page. */
export function links(html) {
  const found = [];
  for (const { name, attributes } of elements(html)) {
    const add = (url, loads) => url !== undefined && found.push({ url, loads });
    add(attributes.href, name === 'link' && /\b(stylesheet|icon|preload|manifest)\b/.test(attributes.rel ?? ''));
    for (const key of ['src', 'poster', 'data']) add(attributes[key], true);
    add(attributes.action, false);
    for (const part of (attributes.srcset ?? '').split(/,\s+/).filter(Boolean))
      add(part.trim().split(/\s+/)[0], true);
    for (const url of cssLinks(attributes.style ?? '')) add(url, true);
  }
  return found;
}

/** Returns the ids of a page. */
export const ids = (html) =>
  new Set(
    elements(html)
      .map(({ attributes }) => attributes.id)
      .filter(Boolean),
  );

/** Returns the URLs that a style sheet loads. */
export function cssLinks(css) {
  const plain = css.replace(/\/\*.*?\*\//gs, '');
  const found = plain.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)|@import\s+["']([^"']*)["']/gi);
  return [...found].map(([, ...urls]) => urls.find((url) => url !== undefined)).filter((url) => !url.startsWith('#'));
}
