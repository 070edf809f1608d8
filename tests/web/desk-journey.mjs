// The journey from five bare documents, without a site file, to a comparison, by the desk alone. The files that it
// writes are compared with those in `desk-journey/expected`; with SOURCEWISE_BLESS=1 they are written there.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURE = fileURLToPath(new URL('desk-journey', import.meta.url));
const EXPECTED = join(FIXTURE, 'expected');

const QUESTIONS = [
  { title: 'What became of the bell?', short: 'Whereabouts', positions: ['It was stolen', 'It is away for repair'], terms: 'thieves, repair, key' },
  { title: 'When did the bell go?', short: 'Time', positions: ['After Sunday evening', 'On Monday afternoon'], terms: 'Sunday, Monday, Tuesday' },
  { title: 'What is the bell worth?', short: 'Worth', positions: ['Tens of thousands', 'Hundreds of thousands'], terms: 'crowns' },
];

// `position` is the number of a position, or the label of a new one.
const WORK = [
  { source: 'courier', question: 'Whereabouts', words: 'thieves who deal in bronze were the likeliest explanation', position: 1, summary: 'Taken by thieves who deal in bronze, the police think.' },
  { source: 'courier', question: 'Worth', words: 'As scrap it would bring about 900 crowns', position: 'Hundreds, as scrap', summary: 'About 900 crowns as scrap.' },
  { source: 'council', question: 'Whereabouts', words: 'had collected the bell for repair', position: 2, summary: 'Its founder’s firm has it for repair, the treasurer reported.' },
  { source: 'council', question: 'Time', words: 'The bell was last rung on Sunday evening', position: 1, summary: 'It was still rung on Sunday evening.' },
  { source: 'council', question: 'Worth', words: 'Its insured value is 60,000 crowns', position: 1, summary: 'It is insured for 60,000 crowns.' },
  { source: 'letter', question: 'Time', words: 'I heard it on Monday at noon', position: 2, summary: 'It still rang on Monday at noon.' },
  { source: 'letter', question: 'Worth', silent: 'She writes of its weight, not of its worth.' },
  { source: 'museum', question: 'Worth', words: 'Collectors might pay a quarter of a million crowns', position: 2, summary: 'Collectors might give 250,000 crowns.' },
  { source: 'museum', question: 'Time', silent: 'It tells the history of the bell only.' },
  { source: 'radio', question: 'Whereabouts', words: 'two fitters had taken the bell down on Monday afternoon', position: 2, summary: 'Two fitters took it away because of a crack.' },
];

/** Fills an empty folder with the documents. */
export const prepareJourney = (folder) => cpSync(join(FIXTURE, 'seeds'), join(folder, 'seeds'), { recursive: true });

/** Does the work as a user with mouse and keyboard. */
export async function journey(user, address) {
  await user.open(address);
  await user.sees('Bell gone from Saint Olave’s');
  for (const question of QUESTIONS) await writeQuestion(user, question);
  for (const cell of WORK) {
    const id = idOf(cell.question);
    await user.open(new URL(`/desk/read/${cell.source}#${id}`, address).href);
    await user.tab.waitForSelector('.block');
    if (cell.silent) await writeSilence(user, cell);
    else await writeAnswer(user, cell);
  }
  await user.press('b');
  await user.sees('10 of 15', '.how-far');
}

const idOf = (short) => short.toLowerCase();

async function writeQuestion(user, { title, short, positions, terms }) {
  await user.press('w');
  await user.tab.waitForSelector('dialog[open]');
  await user.type(title);
  await user.press('Tab');
  await user.type(short);
  await user.press('Tab');
  for (const [index, position] of positions.entries()) {
    if (index > 0) await user.press('Enter');
    await user.type(position);
  }
  await user.press('Tab');
  await user.type(terms);
  await user.press('Control+Enter');
  await user.sees(short, '.cells');
}

async function writeAnswer(user, { question, words, position, summary }) {
  await user.drag(words);
  await user.isProved();
  await user.sees(question, '.direct-choice');
  await user.press('1');
  await user.tab.waitForSelector('.answer-form');
  if (typeof position === 'number') await user.press(String(position));
  else {
    await user.click('.positions input[type="text"]');
    await user.type(position);
    await user.press('Enter');
  }
  await user.until('the summary has the focus', () => user.isOn('textarea'));
  await user.type(summary);
  await user.save();
}

async function writeSilence(user, { silent }) {
  await user.press('s');
  await user.until('the reason has the focus', () => user.isOn('textarea'));
  await user.type(silent);
  await user.press('Enter');
  await user.sees('Saved as silent', '.notice');
}

/** Takes everything back by keys. */
export async function undoAll(user) {
  for (let step = 0; step < 40; step += 1) {
    if ((await user.tab.$eval('.tools button', (undo) => undo.getAttribute('aria-disabled'))) === 'true') return;
    const before = await user.tab.$eval('.tools button', (undo) => undo.title);
    await user.press('Control+z');
    await user.until('the change is undone', () => user.tab.$eval('.tools button', (undo, title) => undo.title !== title || undo.getAttribute('aria-disabled') === 'true', before));
  }
  throw new Error('there is no end to undo');
}

/** Returns the files that the desk wrote in a folder: path → text. */
export function written(folder) {
  const files = new Map();
  const visit = (path) => {
    if (!existsSync(path)) return;
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name);
      if (statSync(file).isDirectory()) visit(file);
      else files.set(relative(folder, file), readFileSync(file, 'utf8'));
    }
  };
  for (const part of ['seeds', 'content']) visit(join(folder, part));
  return files;
}

/** Compares the files with the expected ones. Returns what differs, one line each. */
export function differences(folder) {
  const found = new Map([...written(folder)].filter(([path]) => !existsSync(join(FIXTURE, path))));
  if (process.env.SOURCEWISE_BLESS) bless(found);
  const expected = written(EXPECTED);
  const paths = [...new Set([...found.keys(), ...expected.keys()])].sort();
  return paths.filter((path) => found.get(path) !== expected.get(path)).map((path) => `${path} is not as expected:\n${found.get(path) ?? 'it was not written'}`);
}

function bless(files) {
  rmSync(EXPECTED, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(EXPECTED, path)), { recursive: true });
    writeFileSync(join(EXPECTED, path), text);
  }
}
