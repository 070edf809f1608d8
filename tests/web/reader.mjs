// A reader at the browser, as the journeys know them: opens a page, presses keys, follows links, sees what is
// visible.

import { pathToFileURL } from 'node:url';
import { prefer } from './browser.mjs';

const PATIENCE = 10_000;

/** Thrown by a journey that can't be made on this site. */
export class NotHere extends Error {}

export class Reader {
  constructor({ site, root, browser }, js) {
    Object.assign(this, { site, root, browser, js });
  }

  /** Opens a page by its path, on a phone in the light unless it is said otherwise; `disk: true` opens the file. */
  async open(path, { js = this.js, width = 390, scheme = 'light', disk = false } = {}) {
    this.tab ??= await (this.context = await this.browser.createBrowserContext()).newPage();
    await this.tab.setJavaScriptEnabled(js);
    await this.tab.setViewport({ width, height: 844 });
    await prefer(this.tab, scheme);
    const base = disk ? pathToFileURL(`${this.site.folder}/`).href : this.root.base;
    await this.tab.goto(base + path, { waitUntil: 'load' });
  }

  /** The path of the longest page of a kind, or of those in which a text stands. */
  pageOf(kind, holding = '') {
    const pages = this.site.pages.filter((page) => page.kind === kind && page.text.includes(holding));
    if (pages.length === 0) throw new NotHere(`there is no ${kind}-page${holding && ` with ${holding}`}`);
    return pages.reduce((long, page) => (page.text.length > long.text.length ? page : long)).path;
  }

  /** Presses keys, one after the other: `Tab`, `Enter`, `Escape` … */
  async press(...keys) {
    for (const key of keys) await this.tab.keyboard.press(key);
  }

  /** Presses Tab until what is focused matches. */
  async tabTo(selector, most = 200) {
    for (let pressed = 0; pressed < most; pressed += 1) {
      await this.press('Tab');
      if (await this.tab.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    }
    throw new Error(`no ${selector} is reached by ${most} presses of Tab`);
  }

  /** Waits until something stands still: a page that is opened at a place may still move there. */
  async steady(selector) {
    let last;
    for (let look = 0; look < 100; look++) {
      const box = JSON.stringify(await (await this.tab.$(selector))?.boundingBox());
      if (box && box === last) return;
      last = box;
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`${selector} never stands still`);
  }

  /** Clicks, and waits for the page that this leads to. */
  async follow(selector) {
    await this.steady(selector);
    await Promise.all([this.tab.waitForNavigation({ waitUntil: 'load' }), this.tab.click(selector)]);
  }

  /** Clicks, and stays. */
  click(selector) {
    return this.tab.click(selector);
  }

  /** Types into what is focused. */
  type(text) {
    return this.tab.keyboard.type(text);
  }

  /** How many elements of a kind can be seen. */
  countVisible(selector) {
    return this.tab.evaluate(
      (wanted) =>
        [...document.querySelectorAll(wanted)].filter((element) => element.checkVisibility({ visibilityProperty: true })).length,
      selector,
    );
  }

  /** The colour that an element stands on. */
  colour(selector) {
    return this.tab.evaluate((wanted) => getComputedStyle(document.querySelector(wanted)).backgroundColor, selector);
  }

  /** The id of what is focused. */
  focused() {
    return this.tab.evaluate(() => document.activeElement?.id ?? '');
  }

  /** The text that can be seen of an element, or '' if there is none that can. */
  visibleText(selector = 'body') {
    return this.tab.evaluate((wanted) => {
      const seen = [...document.querySelectorAll(wanted)].find((element) => element.checkVisibility());
      return seen?.innerText.trim() ?? '';
    }, selector);
  }

  /** Fails unless this comes true within a few seconds. */
  async sees(fact, isSo) {
    const end = Date.now() + PATIENCE;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`it is not so that ${fact}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  close() {
    return this.context?.close();
  }
}
