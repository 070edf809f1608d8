// Starts Chromium, once for all checks, and Firefox where a check needs it, and distributes work over several tabs.

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

// Flags that stop the browser from making requests of its own.
const FLAGS = [
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
    args: FLAGS,
  });

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** Runs `work(browser)` in Firefox. Returns its result; `undefined` if Firefox is not installed. */
export async function inFirefox(work) {
  if (!existsSync(FIREFOX)) return undefined;
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Runs `work(tab, item)` for every item in parallel tabs. Returns the results in the order of the items. */
export async function inTabs(browser, tabs, items, work) {
  const results = [];
  let next = 0;
  const runTab = async () => {
    const tab = await browser.newPage();
    while (next < items.length) {
      const at = next++;
      results[at] = await work(tab, items[at]);
    }
    await tab.close();
  };
  await Promise.all(Array.from({ length: tabs }, runTab));
  return results;
}

/** Sets the system's colour scheme: `light` or `dark`. */
export const setColourScheme = (tab, scheme) => tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
