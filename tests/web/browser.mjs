// Chromium, started once for all checks, and a few tabs that share out work.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

// The browser is to ask for nothing of its own accord.
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    userDataDir: mkdtempSync(join(tmpdir(), 'sourcewise-web-')),
    args: QUIET,
  });

/** Does `work(tab, item)` for every item, in so many tabs side by side; what it returns is listed in order. */
export async function inTabs(browser, tabs, items, work) {
  const results = [];
  let next = 0;
  const one = async () => {
    const tab = await browser.newPage();
    while (next < items.length) {
      const at = next++;
      results[at] = await work(tab, items[at]);
    }
    await tab.close();
  };
  await Promise.all(Array.from({ length: tabs }, one));
  return results;
}

/** Prefers light or dark, as the reader's system would say. */
export const prefer = (tab, scheme) => tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
