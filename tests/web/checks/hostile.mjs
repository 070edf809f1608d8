// Shows that nothing which a source's document holds runs in a reader's browser: a site is made of documents that try it in
// every place that HTML allows, and looked at under the site's own Content-Security-Policy and under none.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTabs } from '../browser.mjs';
import { serve } from '../server.mjs';
import { readSite } from '../site.mjs';

const PROGRAM = fileURLToPath(new URL('../../../Cargo.toml', import.meta.url));
const RUN = 'window.ran = (window.ran || 0) + 1';
// What a document may try, each in the middle of a sentence that is shown.
const TRIES = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"><script>${RUN}</script><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<a href="javascript:${RUN}" onfocus="${RUN}" autofocus>the ford</a>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<details open ontoggle="${RUN}"><summary>x</summary></details>`,
  `<math><mtext><style><img src=x onerror="${RUN}"></style></mtext></math>`,
  `<input autofocus onfocus="${RUN}"><form action="javascript:${RUN}"><button>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}"><base href="https://evil.example/">`,
  `<link rel="stylesheet" href="https://evil.example/x.css"><object data="javascript:${RUN}"></object>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `"><script>${RUN}</script>`,
  `</p></blockquote></article></main></body></html><script>${RUN}</script>`,
  `<noscript><p title="</noscript><img src=x onerror='${RUN}'>"></noscript>`,
  `<template><script>${RUN}</script></template><!--><script>${RUN}</script>-->`,
  `<style>@import url(https://evil.example/x.css);</style><body onload="${RUN}" background="https://evil.example/x.png">`,
];

export async function check({ browser }) {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-hostile-'));
  try {
    const site = await readSite(make(folder));
    const strict = await visit(browser, site, 'its own policy');
    rmSync(join(site.folder, '_headers'));
    const bare = await visit(browser, site, 'no policy');
    const faults = [...strict, ...bare];
    const figures = `${faults.length} faults in ${site.pages.length} pages made of ${TRIES.length} tries`;
    return { figures: `${figures}, under their policy and under none`, faults };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes the site; what is returned is the folder that was built. */
function make(folder) {
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  };
  const sentence = (tried) => `The old mill at the ford ${tried} burnt down on Friday, and lightning struck it at ten.`;
  write('site.toml', 'title = "The mill"\nbase_url = "https://mill.example"\n');
  write('content/questions/cause.md', '+++\ntitle = "What set fire to the mill?"\nterms = ["lightning", "mill"]\n+++\n');
  TRIES.forEach((tried, at) => {
    const attribute = tried.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const paragraphs = Array.from({ length: 4 }, () => `<p>${sentence(tried)}</p>`).join('\n');
    const head = `<title>${attribute} Fire</title><meta name="author" content="${attribute}"><meta property="og:site_name" content="${attribute}">`;
    write(`seeds/page-${at}.html`, `<!doctype html><html lang="en"><head>${head}</head><body><article>${paragraphs}</article></body></html>`);
    write(`seeds/text-${at}.txt`, `Fire ${tried}\n\n${sentence(tried)}\n`);
  });
  const public_ = join(folder, 'public');
  execFileSync('cargo', ['run', '-q', '--manifest-path', PROGRAM, '--', 'build', '--root', folder, '--out', public_]);
  return public_;
}

async function visit(browser, site, policy) {
  const { base, close } = await serve(site.folder, '/');
  const found = await inTabs(browser, 2, site.pages, async (_, { path }) => {
    const tab = await browser.newPage();
    const faults = [];
    const bad = (text) => faults.push(`${path} under ${policy}: ${text}`);
    await tab.setRequestInterception(true);
    tab.on('request', (request) => {
      const own = request.url().startsWith(base) || request.url().startsWith('data:');
      if (!own) bad(`asks for ${request.url()}`);
      return own ? request.continue() : request.abort();
    });
    tab.on('dialog', (dialog) => {
      bad(`says ${dialog.message()}`);
      return dialog.dismiss();
    });
    await tab.goto(base + path, { waitUntil: 'load' });
    const { ran, odd } = await tab.evaluate(() => {
      const elements = [...document.querySelectorAll('*')];
      const handlers = elements.filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on')));
      const schemes = elements.filter((element) => /^\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? ''));
      // A link that waits to be clicked has not run yet.
      schemes.forEach((element) => element.click?.());
      return { ran: window.ran ?? 0, odd: handlers.length + schemes.length };
    });
    if (ran > 0) bad(`ran a document's script ${ran} times`);
    if (odd > 0) bad(`has ${odd} elements of a document's that could run`);
    await tab.close();
    return faults;
  });
  close();
  return found.flat();
}
