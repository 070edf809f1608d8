// Counts what it takes to write the answers of a site by the desk: keys and pointer actions for each answer, beyond the
// characters of its summary. Takes the answers out of a copy of the site's records, and writes them again. The site must
// have its documents.
//
//   node tests/web/desk-effort.mjs SITE [RECORDS]
//
// Prints the median and the maximum, beside the characters that the same answers take in a record.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { startDesk } from './desk-start.mjs';
import { DeskUser } from './desk-user.mjs';
import { PROGRAM } from './program.mjs';


/** A user goes down in a list by so many steps, rather than type another letter. */
const MAX_STEPS = 2;

/** Writes the answers again. `records` is how many records to do. Returns `{ counts, typed, failures }`. */
export async function effort(browser, site, records = Infinity, program = PROGRAM) {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-effort-'));
  const counts = [];
  const failures = [];
  let typed = 0;
  try {
    for (const part of ['site.toml', 'content', 'seeds', 'templates']) {
      if (existsSync(join(site, part))) cpSync(join(site, part), join(folder, part), { recursive: true });
    }
    const before = await answersOf(folder, program);
    const chosen = [...before.keys()].slice(0, records);
    for (const source of chosen) typed += takeAnswersOut(folder, source);
    const desk = await startDesk(program, folder);
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1440, height: 900 });
    const user = new DeskUser(tab);
    await user.open(desk.address);
    for (const source of chosen) {
      await user.open(new URL(`/desk/read/${source}`, desk.address).href);
      await tab.waitForSelector('.block');
      for (const answer of before.get(source)) {
        user.actions = 0;
        try {
          await write(user, answer);
          counts.push(user.actions);
        } catch (error) {
          failures.push(`${source}, ${answer.question}: ${error.message}`);
          await user.open(new URL(`/desk/read/${source}`, desk.address).href);
        }
      }
    }
    await tab.close();
    await desk.close();
    const after = await answersOf(folder, program);
    for (const source of chosen) failures.push(...differing(source, before.get(source), after.get(source) ?? []));
    failures.push(...user.faults);
  } finally {
    rmSync(folder, { recursive: true });
  }
  counts.sort((a, b) => a - b);
  return { counts, typed, failures };
}

/** Returns the answers of each source, as the desk's interface tells them. */
async function answersOf(folder, program) {
  const desk = await startDesk(program, folder);
  try {
    const { origin } = new URL(desk.address);
    const first = await fetch(desk.address, { redirect: 'manual' });
    const cookie = first.headers.get('set-cookie').split(';')[0];
    const get = async (name) => (await fetch(`${origin}/desk/api/${name}`, { headers: { cookie } })).json();
    const { sources, questions } = await get('board');
    const found = new Map();
    for (const { id } of sources.filter(({ has_record: hasRecord }) => hasRecord)) {
      const { answers } = await get(`source/${id}`);
      found.set(id, answers.map((answer) => ({ ...answer, title: questions.find((question) => question.id === answer.question) })));
    }
    return found;
  } finally {
    await desk.close();
  }
}

/** Removes all answers from a record. Returns the characters that were in them, without those of the summaries. */
function takeAnswersOut(folder, source) {
  const file = readdirSync(join(folder, 'seeds')).find((name) => name === `${source}.toml`);
  const path = join(folder, 'seeds', file);
  const [head, ...answers] = readFileSync(path, 'utf8').split(/^(?=\[\[answer\]\])/m);
  writeFileSync(path, head);
  const summaries = answers.map((text) => /^summary = (.*)$/m.exec(text)?.[1].length ?? 0);
  return answers.join('').length - summaries.reduce((sum, length) => sum + length, 0);
}

export async function write(user, answer) {
  const { quotes, title, position, summary } = answer;
  await user.drag(quotes[0].text);
  await user.isProved();
  await chooseQuestion(user, title.short);
  await user.tab.waitForSelector('.answer-form');
  for (const { text } of quotes.slice(1)) {
    await user.drag(text);
    await user.isProved();
    await user.press('1');
  }
  const number = title.positions.findIndex(({ id }) => id === position) + 1;
  // With several quotes, the focus is on the position again after each.
  await user.until('a position has the focus', () => user.isOn('.positions input'));
  if (number > 0) await user.press(String(number));
  await user.until('the summary has the focus', () => user.isOn('.field textarea'));
  await user.insert(summary);
  await setVoice(user, answer);
  if (answer.context) await writeContext(user, answer.context);
  await user.save();
}

/** Presses a question's number if it is offered, otherwise types until it is one of the first in the list. */
async function chooseQuestion(user, short) {
  const offered = await user.tab.$$eval('.direct-choice', (all) => all.map((choice) => choice.lastChild.textContent));
  const number = offered.indexOf(short) + 1;
  if (number > 0) return user.press(String(number));
  for (const letter of short.toLowerCase().replaceAll(/[^\p{L}]/gu, '')) {
    await user.press(letter);
    const shown = await user.tab.$$eval('[role="option"]', (all) => all.map((option) => option.querySelector('span:not(.sign)')?.textContent));
    const at = shown.indexOf(short);
    if (at < 0 || at > MAX_STEPS) continue;
    await user.press(...Array(at).fill('ArrowDown'), 'Enter');
    return undefined;
  }
  throw new Error(`${short} is not found by typing`);
}

/** Changes the voice and the name if they were not filled in rightly. */
async function setVoice(user, { voice, to }) {
  const filled = await user.tab.evaluate(() => ({
    voice: document.querySelector('.voice :checked')?.value ?? '', to: document.querySelector('.to input').value,
    names: [...document.querySelectorAll('.name')].map(({ textContent }) => textContent),
  }));
  if (filled.voice !== (voice ?? '')) {
    await user.click(`.voice input[value="${voice ?? ''}"]`);
    filled.to = await user.tab.$eval('.to input', ({ value }) => value);
  }
  if (filled.to === (to ?? '')) return;
  if (filled.names.includes(to)) {
    await user.click(`.name:nth-child(${filled.names.indexOf(to) + 1})`);
    return;
  }
  if (to && (await isInDocument(user, to))) {
    await user.drag(to);
    await user.isProved();
    await user.press('0');
    await user.until('the name is filled in', () => user.tab.evaluate((name) => document.querySelector('.to input')?.value === name, to));
    return;
  }
  await user.click('.to input');
  if (filled.to) await user.press('Control+a');
  if (to) {
    await user.insert(to);
    user.actions += to.length;
  } else await user.press('Delete');
}

/** Whether the document has this name, so that it can be selected. */
const isInDocument = (user, name) =>
  user.tab.evaluate((words) => [...document.querySelectorAll('.block')].some(({ textContent }) => textContent.includes(words)), name);

async function writeContext(user, context) {
  await user.click('.answer-form summary');
  await user.click('.answer-form details textarea');
  await user.insert(context);
  user.actions += context.length;
}

/** Returns what differs between the answers that were taken out and those that were written. */
function differing(source, before, after) {
  const essence = ({ question, position, summary, quotes, voice, to, context }) =>
    JSON.stringify({ question, position, summary, quotes: quotes.map(({ text }) => text), voice, to, context });
  const found = after.map(essence);
  const wanted = before.map(essence);
  const lacking = wanted.filter((text) => !found.includes(text));
  const others = found.filter((text) => !wanted.includes(text));
  return lacking.length + others.length > 0 ? [`${source}: expected ${lacking.join('\n')}\nwritten ${others.join('\n')}`] : [];
}

export const median = (sorted) => sorted[sorted.length >> 1];

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , site, records] = process.argv;
  execFileSync(PROGRAM[0], [...PROGRAM.slice(1), '--version']);
  const browser = await launch();
  const { counts, typed, failures } = await effort(browser, site, records ? Number(records) : Infinity);
  await browser.close();
  console.log(`${counts.length} answers: median ${median(counts)} actions, maximum ${counts.at(-1)}; ${Math.round(typed / counts.length)} characters each in the records, without the summaries`);
  console.log(counts.join(' '));
  for (const failure of failures) console.log(failure);
  process.exit(failures.length > 0 ? 1 : 0);
}
