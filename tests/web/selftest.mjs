// Tests the checks themselves: creates a site with one fault of every kind, and runs the checks on it. `run --self`
// calls this.

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { open, run } from './runner.mjs';
import { isInstalled } from './nginx.mjs';

const page = (kind, head, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Broken</title>${head}</head>
<body class="${kind}-page"><main><h1 id="top--1">Broken</h1>${body}</main></body></html>
`;

// Too heavy (with random text that gzip cannot compress), shifts its layout when its script runs, and has broken links.
const HOME = page(
  'home',
  `<link rel="stylesheet" href="assets/site.css"><link rel="stylesheet" href="/site.css">
<script src="assets/late.js"></script>`,
  `<p id="jumps">This moves.</p><p class="pale">Too pale.</p><p style="margin: 0">Styled here.</p>
<img src="https://sourcewise.invalid/picture.png">
<a href="nowhere.html">nowhere</a> <a href="compare.html#missing">no anchor</a> <a href="/elsewhere.html">out</a>
<a href="compare.html">compare</a> <p class="wide">${randomBytes(45_000).toString('base64')}</p>`,
);
const ARTICLE = page(
  'page',
  '<script src="https://sourcewise.invalid/count.js"></script>',
  '<p>Said<sup class="cite"><button id="cite--gazette" popovertarget="gone">1</button></sup></p><p id="cite--gazette">again</p>',
);
const LATE = `addEventListener('load', () => setTimeout(() => {
  document.querySelector('#jumps').style.marginTop = '300px';
  fetch('https://sourcewise.invalid/count').catch(() => {});
  throw new Error('late');
}, 50));`;

const FILES = {
  'index.html': HOME,
  'compare.html': page('compare', '', '<p>Nothing.</p>'),
  'compare/cause.html': page('question', '', '<p>Why?</p>'),
  'article.html': ARTICLE,
  'assets/site.css': '.pale { color: #ccc } .wide { white-space: nowrap; colour: red; background: url("no.png") }',
  'assets/late.js': LATE,
  _headers: "/in*.html\n  Content-Security-Policy: default-src 'self'\n",
};

// Parts of the messages that each check must report.
const EXPECTED = {
  crawl: [
    '`nowhere.html` is a broken link',
    'has no such anchor',
    'leads out of the site',
    'is loaded from another site',
    '`no.png`',
    'with 404.html',
    'does not load',
  ],
  nu: ['index.html', 'article.html', 'site.css'],
  weight: ['index.html weighs'],
  requests: [
    'requests https://sourcewise.invalid/count.js',
    '/site.css',
    'policy: img-src',
    'policy: style-src',
    'policy: connect-src',
    'layout shift: ',
    'script: late',
    'returns 404',
  ],
  overflow: ['index.html at 320: ', 'index.html at 1440: ', 'p.wide'],
  journeys: ['opened from disk, with JavaScript', 'opened from disk, without JavaScript', 'a preview is open'],
  axe: ['image-alt', 'color-contrast'],
};
if (await isInstalled()) EXPECTED.nginx = ['root: index.html: `nowhere.html` is a broken link', 'path: index.html', 'with 404.html'];

const folder = mkdtempSync(join(tmpdir(), 'sourcewise-broken-'));
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const context = await open(folder);
let failed = false;
for (const [name, expected] of Object.entries(EXPECTED)) {
  const { failures } = await run(name, context);
  const missing = expected.filter((part) => !failures.some((failure) => failure.includes(part)));
  failed ||= missing.length > 0;
  const count = `${expected.length - missing.length} of ${expected.length}`;
  console.log(`${missing.length > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(11)}finds ${count} expected failures`);
  for (const part of missing) console.log(`       not found: ${part}; found: ${failures.join(' | ').slice(0, 1500)}`);
}
await context.close();
process.exit(failed ? 1 : 0);
