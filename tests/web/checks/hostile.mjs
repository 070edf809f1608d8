// Checks that no script from a source's document runs in the reader's browser. Builds a site from documents with script
// injections, and opens it with and without the site's Content-Security-Policy.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTabs } from '../browser.mjs';
import { serve } from '../server.mjs';
import { readSite } from '../site.mjs';
import { PROGRAM } from '../program.mjs';

const PAYLOAD = 'window.ran = (window.ran || 0) + 1';
// Injections; each is put in the middle of a sentence that the site shows.
const INJECTIONS = [
  `<script>${PAYLOAD}</script>`,
  `<img src=x onerror="${PAYLOAD}">`,
  `<svg onload="${PAYLOAD}"><script>${PAYLOAD}</script><a xlink:href="javascript:${PAYLOAD}"><text>x</text></a></svg>`,
  `<a href="javascript:${PAYLOAD}" onfocus="${PAYLOAD}" autofocus>the ford</a>`,
  `<iframe srcdoc="<script>parent.${PAYLOAD}</script>"></iframe>`,
  `<details open ontoggle="${PAYLOAD}"><summary>x</summary></details>`,
  `<math><mtext><style><img src=x onerror="${PAYLOAD}"></style></mtext></math>`,
  `<input autofocus onfocus="${PAYLOAD}"><form action="javascript:${PAYLOAD}"><button>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${PAYLOAD}"><base href="https://evil.example/">`,
  `<link rel="stylesheet" href="https://evil.example/x.css"><object data="javascript:${PAYLOAD}"></object>`,
  `&lt;script&gt;${PAYLOAD}&lt;/script&gt;`,
  `"><script>${PAYLOAD}</script>`,
  `</p></blockquote></article></main></body></html><script>${PAYLOAD}</script>`,
  `<noscript><p title="</noscript><img src=x onerror='${PAYLOAD}'>"></noscript>`,
  `<template><script>${PAYLOAD}</script></template><!--><script>${PAYLOAD}</script>-->`,
  `<style>@import url(https://evil.example/x.css);</style><body onload="${PAYLOAD}" background="https://evil.example/x.png">`,
];

export async function check({ browser }) {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-hostile-'));
  try {
    const site = await readSite(build(folder));
    const strict = await visit(browser, site, 'the policy');
    rmSync(join(site.folder, '_headers'));
    const bare = await visit(browser, site, 'no policy');
    const failures = [...strict, ...bare];
    const summary = `${failures.length} failures in ${site.pages.length} pages with ${INJECTIONS.length} injections`;
    return { summary: `${summary}, with and without the policy`, failures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Builds the site. Returns the output folder. */
function build(folder) {
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  };
  const sentence = (injection) => `The old mill at the ford ${injection} burnt down on Friday, and lightning struck it at ten.`;
  write('site.toml', 'title = "The mill"\nbase_url = "https://mill.example"\n');
  write('content/questions/cause.md', '+++\ntitle = "What set fire to the mill?"\nterms = ["lightning", "mill"]\n+++\n');
  INJECTIONS.forEach((injection, at) => {
    const attribute = injection.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const paragraphs = Array.from({ length: 4 }, () => `<p>${sentence(injection)}</p>`).join('\n');
    const head = `<title>${attribute} Fire</title><meta name="author" content="${attribute}"><meta property="og:site_name" content="${attribute}">`;
    write(`seeds/page-${at}.html`, `<!doctype html><html lang="en"><head>${head}</head><body><article>${paragraphs}</article></body></html>`);
    write(`seeds/text-${at}.txt`, `Fire ${injection}\n\n${sentence(injection)}\n`);
  });
  const output = join(folder, 'public');
  execFileSync(PROGRAM[0], [...PROGRAM.slice(1), 'build', '--root', folder, '--out', output]);
  return output;
}

async function visit(browser, site, policy) {
  const { base, close } = await serve(site.folder, '/');
  const found = await inTabs(browser, 2, site.pages, async (_, { path }) => {
    const tab = await browser.newPage();
    const failures = [];
    const fail = (text) => failures.push(`${path} under ${policy}: ${text}`);
    await tab.setRequestInterception(true);
    tab.on('request', (request) => {
      const own = request.url().startsWith(base) || request.url().startsWith('data:');
      if (!own) fail(`requests ${request.url()}`);
      return own ? request.continue() : request.abort();
    });
    tab.on('dialog', (dialog) => {
      fail(`opens a dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    await tab.goto(base + path, { waitUntil: 'load' });
    const { ran, unsafe } = await tab.evaluate(() => {
      const elements = [...document.querySelectorAll('*')];
      const handlers = elements.filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on')));
      const schemes = elements.filter((element) => /^\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? ''));
      // Links run only when clicked.
      schemes.forEach((element) => element.click?.());
      return { ran: window.ran ?? 0, unsafe: handlers.length + schemes.length };
    });
    if (ran > 0) fail(`ran ${ran} scripts of a document`);
    if (unsafe > 0) fail(`has ${unsafe} elements that could run a document's script`);
    await tab.close();
    return failures;
  });
  close();
  return found.flat();
}
