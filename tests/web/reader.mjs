// A simulated reader for the journeys: opens pages, presses keys, follows links, sees what is visible.

import { pathToFileURL } from 'node:url';
import { setColourScheme } from './browser.mjs';

const MAX_WAIT_MS = 10_000;

/** Thrown by a journey that is not possible on this site. */
export class NotApplicable extends Error {}

export class Reader {
  constructor({ site, root, browser }, js) {
    Object.assign(this, { site, root, browser, js, runsScripts: true, scheme: 'light' });
  }

  /** Opens a page by its path, by default on a phone in the light scheme; `disk: true` opens the file. */
  async open(path, { js = this.js, width = 390, scheme = 'light', disk = false } = {}) {
    this.tab ??= await (this.context = await this.browser.createBrowserContext()).newPage();
    // Firefox can change neither scripts nor the scheme.
    if (js !== this.runsScripts) await this.tab.setJavaScriptEnabled(js);
    if (scheme !== this.scheme) await setColourScheme(this.tab, scheme);
    Object.assign(this, { runsScripts: js, scheme });
    await this.tab.setViewport({ width, height: 844 });
    const base = disk ? pathToFileURL(`${this.site.folder}/`).href : this.root.base;
    await this.tab.goto(base + path, { waitUntil: 'load' });
  }

  /** Returns the path of the longest page of a kind that contains a text. */
  pageOf(kind, containing = '') {
    const pages = this.site.pages.filter((page) => page.kind === kind && page.text.includes(containing));
    if (pages.length === 0) throw new NotApplicable(`the site has no ${kind} page${containing && ` with ${containing}`}`);
    return pages.reduce((longest, page) => (page.text.length > longest.text.length ? page : longest)).path;
  }

  /** Presses keys, one after the other: `Tab`, `Enter`, `Escape` … */
  async press(...keys) {
    for (const key of keys) await this.tab.keyboard.press(key);
  }

  /** Presses Tab until the focused element matches. */
  async tabTo(selector, maxPresses = 200) {
    for (let pressed = 0; pressed < maxPresses; pressed += 1) {
      await this.press('Tab');
      if (await this.tab.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    }
    throw new Error(`${maxPresses} presses of Tab did not reach ${selector}`);
  }

  /** Waits until an element stops moving: a page opened at an anchor may still be scrolling. */
  async waitUntilStill(selector) {
    let last;
    for (let attempt = 0; attempt < 100; attempt++) {
      const box = JSON.stringify(await (await this.tab.$(selector))?.boundingBox());
      if (box && box === last) return;
      last = box;
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`${selector} does not stop moving`);
  }

  /** Clicks a link and waits for the new page. */
  async follow(selector) {
    await this.waitUntilStill(selector);
    await Promise.all([this.tab.waitForNavigation({ waitUntil: 'load' }), this.tab.click(selector)]);
  }

  /** Clicks an element that does not open a page. */
  click(selector) {
    return this.tab.click(selector);
  }

  /** Types into the focused element. */
  type(text) {
    return this.tab.keyboard.type(text);
  }

  /** Counts the visible elements that match. */
  countVisible(selector) {
    return this.tab.evaluate(
      (wanted) =>
        [...document.querySelectorAll(wanted)].filter((element) => element.checkVisibility({ visibilityProperty: true })).length,
      selector,
    );
  }

  /** Returns the background colour of an element. */
  backgroundColour(selector) {
    return this.tab.evaluate((wanted) => getComputedStyle(document.querySelector(wanted)).backgroundColor, selector);
  }

  /** Returns the id of the focused element. */
  focused() {
    return this.tab.evaluate(() => document.activeElement?.id ?? '');
  }

  /** Returns the text of the first visible element that matches, or ''. */
  visibleText(selector = 'body') {
    return this.tab.evaluate((wanted) => {
      const visible = [...document.querySelectorAll(wanted)].find((element) => element.checkVisibility());
      return visible?.innerText.trim() ?? '';
    }, selector);
  }

  /** Waits until a condition is true; fails after ten seconds. */
  async sees(fact, condition) {
    const end = Date.now() + MAX_WAIT_MS;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`expected: ${fact}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  close() {
    return this.context?.close();
  }
}
