// Checks with axe-core that the desk does not violate WCAG 2.2 AA or best practices: board, reader, selection, form and
// dialogs, narrow and wide, light and dark.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setColourScheme } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [390, 820, 1440];

/** Returns the violations, one line each, and how many states were checked. */
export async function deskViolations(user, address) {
  const found = [];
  let states = 0;
  const check = async (name) => {
    states += 1;
    for (const width of WIDTHS) {
      for (const scheme of ['light', 'dark']) {
        await user.tab.setViewport({ width, height: 900 });
        await setColourScheme(user.tab, scheme);
        for (const text of await violations(user.tab)) found.push(`${name} at ${width}, ${scheme}: ${text}`);
      }
    }
    await user.tab.setViewport({ width: 1440, height: 900 });
  };
  const open = async (path) => {
    await user.open(new URL(path, address).href);
    await user.tab.evaluate(AXE);
  };

  await user.open(address);
  await open('/desk/');
  await check('board');
  const { source, question, words } = await firstSuggestion(user.tab);
  for (const [name, key] of [['keys', '?'], ['new question', 'w']]) {
    await user.press(key);
    await user.tab.waitForSelector('dialog[open]');
    await check(name);
    await user.press('Escape');
    await user.until('the dialog is closed', () => user.tab.evaluate(() => !document.querySelector('dialog')));
  }
  await open(`/desk/read/${source}#${question}`);
  await user.tab.waitForSelector('.block');
  await check('reader');
  await user.click('[data-key="edit-question"]');
  await check('positions');
  await user.press('Escape');
  await user.drag(words);
  await user.isProved();
  await check('selection');
  await user.press('w');
  await user.tab.waitForSelector('[role="option"]');
  await check('finding a question');
  await user.press('Escape');
  await user.press('t');
  await user.tab.waitForSelector('.answer-form');
  await check('form');
  return { found, states };
}

/** Returns a cell with a passage that was found by rule, and some of its document's words. */
async function firstSuggestion(tab) {
  return tab.evaluate(async () => {
    const get = async (name) => (await fetch(`/desk/api/${name}`)).json();
    const { sources } = await get('board');
    for (const { id } of sources.filter(({ has_document: hasDocument }) => hasDocument)) {
      const { passages, document: text, answers, silences } = await get(`source/${id}`);
      const passage = passages.find(({ question }) => ![...answers, ...silences].some((done) => done.question === question));
      if (passage) return { source: id, question: passage.question, words: text.blocks[passage.ranges[0].block].text.split(/\s+/).slice(0, 4).join(' ') };
    }
    throw new Error('no passage was found by rule');
  });
}

function violations(tab) {
  return tab.evaluate(async (tags) => {
    const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target.join(' ')}`);
  }, TAGS);
}
