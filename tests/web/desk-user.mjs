// A simulated user of the desk: drags over words, presses keys, types and clicks. Counts what a person would do.

const MAX_WAIT_MS = 10_000;

export class DeskUser {
  /** Keys and pointer actions since the count was last set to 0. Characters that are typed as text are not in it. */
  actions = 0;

  constructor(tab) {
    this.tab = tab;
    this.faults = [];
    tab.on('console', (message) => message.type() === 'error' && this.faults.push(`console: ${message.text()}`));
    tab.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
  }

  /** Opens an address, and waits until the desk shows it. */
  async open(address) {
    await this.tab.goto(address, { waitUntil: 'load' });
    await this.tab.waitForSelector('.content > main');
  }

  /** Presses keys one after the other; `Control+Enter` is one action. */
  async press(...keys) {
    for (const key of keys) {
      const parts = key.split(/\+(?=.)/);
      const last = parts.pop();
      for (const held of parts) await this.tab.keyboard.down(held);
      await this.tab.keyboard.press(last);
      for (const held of parts.reverse()) await this.tab.keyboard.up(held);
      this.actions += 1;
    }
  }

  async type(text) {
    await this.tab.keyboard.type(text);
  }

  /** Puts a long text into the focused field at once. */
  async insert(text) {
    await this.tab.evaluate((inserted) => document.execCommand('insertText', false, inserted), text);
  }

  async click(selector) {
    const element = await this.tab.waitForSelector(selector, { visible: true });
    await element.click();
    this.actions += 1;
  }

  /** Drags with the mouse from the first to the last letter of words in the document, so that they are selected. */
  async drag(words) {
    const [from, to] = await this.tab.evaluate(edges, words);
    const { mouse } = this.tab;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await mouse.move(to.x, to.y);
    await mouse.up();
    this.actions += 1;
  }

  /** Waits until the words that are selected are proved. */
  async isProved() {
    await this.tab.waitForSelector('.count.proved');
  }

  /** Returns the text of the first visible element that matches, or ''. */
  text(selector) {
    return this.tab.evaluate((wanted) => [...document.querySelectorAll(wanted)].find((found) => found.checkVisibility())?.innerText.trim() ?? '', selector);
  }

  /** Returns whether the focused element matches. */
  isOn(selector) {
    return this.tab.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  }

  /** Waits until a text is shown somewhere; `selector` says where. */
  sees(text, selector = 'body') {
    return this.until(`\`${text}\` in ${selector}`, async () => (await this.text(selector)).includes(text));
  }

  async until(fact, condition) {
    const end = Date.now() + MAX_WAIT_MS;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`expected: ${fact}`);
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** Saves the form, and waits until the server has. */
  async save() {
    await this.tab.evaluate(() => document.querySelector('.notice')?.setAttribute('hidden', ''));
    await this.press('Control+Enter');
    await this.until('the form closes and a notice says that it is saved', async () => {
      const fault = await this.text('.notice.fault:not([hidden])');
      if (fault) throw new Error(`the answer is not saved: ${fault}`);
      const isOpen = await this.tab.evaluate(() => document.querySelector('.answer-form') !== null);
      return !isOpen && (await this.text('.notice:not([hidden])')) !== '';
    });
  }
}

/** Runs in the browser: returns where to press and to release the mouse to select words of the document. */
function edges(words) {
  const walker = document.createTreeWalker(document.querySelector('.body'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    node.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = (from, to) => {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      return range.getClientRects()[0];
    };
    const first = box(start, start + 1);
    const last = box(start + words.length - 1, start + words.length);
    const middle = (rect) => rect.top + rect.height / 2;
    return [{ x: first.left + 1, y: middle(first) }, { x: last.right - 1, y: middle(last) }];
  }
  throw new Error(`the document has no \`${words}\``);
}
