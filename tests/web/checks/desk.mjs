// Checks the desk: the journey from bare documents to a comparison in Chromium and Firefox, a journey by keyboard
// alone, a change in an editor meanwhile, accessibility, and how many actions an answer takes.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inFirefox } from '../browser.mjs';
import { deskViolations } from '../desk-axe.mjs';
import { conflict } from '../desk-conflict.mjs';
import { effort, median } from '../desk-effort.mjs';
import { differences, journey, prepareJourney, undoAll, written } from '../desk-journey.mjs';
import { keyboardJourney } from '../desk-keyboard.mjs';
import { startDesk } from '../desk-start.mjs';
import { DeskUser } from '../desk-user.mjs';
import { PROGRAM } from '../program.mjs';

const MAX_MEDIAN_ACTIONS = 8;

export async function check({ browser, quick }) {
  const notes = [];
  const failures = [];
  const part = async (name, run) => {
    try {
      notes.push(await run());
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  };
  await part('journey in Chromium', () => withDesk(browser, prepareJourney, inBrowser(failures, 'Chromium')));
  if (!quick) {
    const run = (firefox) => withDesk(firefox, prepareJourney, inBrowser(failures, 'Firefox'));
    await part('journey in Firefox', async () => (await inFirefox(run)) ?? 'SKIPPED in Firefox, which is not installed');
  }
  await part('keyboard', () => withDesk(browser, newSite, async (user, { address }) => {
    await keyboardJourney(user, address);
    failures.push(...user.faults);
    return 'by keyboard';
  }));
  await part('conflict', () => withDesk(browser, newSite, async (user, { address, root }) => {
    await conflict(user, address, root);
    // The browser reports the status of the two requests that are refused.
    failures.push(...user.faults.filter((fault) => !/409|422/.test(fault)));
    return 'a conflict with an editor';
  }));
  await part('accessibility', () => withDesk(browser, newSite, async (user, { address }) => {
    const { found, states } = await deskViolations(user, address);
    failures.push(...found, ...user.faults);
    return `${found.length} violations in ${states} states`;
  }));
  await part('effort', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sourcewise-desk-'));
    newSite(folder);
    const result = await effort(browser, join(folder, 'site'));
    rmSync(folder, { recursive: true });
    failures.push(...result.failures);
    if (median(result.counts) > MAX_MEDIAN_ACTIONS) failures.push(`an answer takes ${median(result.counts)} actions`);
    return `median of ${median(result.counts)} actions for ${result.counts.length} answers`;
  });
  return { summary: notes.join('; '), failures };
}

const run = (...words) => execFileSync(PROGRAM[0], [...PROGRAM.slice(1), ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const newSite = (folder) => run('new', join(folder, 'site'), '--quiet');

/** Runs the desk on a new folder that `prepare` fills, and work in a new tab. */
async function withDesk(browser, prepare, work) {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-desk-'));
  prepare(folder);
  const root = existsSync(join(folder, 'site')) ? join(folder, 'site') : folder;
  const desk = await startDesk(PROGRAM, root);
  const tab = await browser.newPage();
  try {
    await tab.setViewport({ width: 1440, height: 900 });
    return await work(new DeskUser(tab), { address: desk.address, root });
  } finally {
    await tab.close();
    await desk.close();
    rmSync(folder, { recursive: true });
  }
}

/** The journey, with what it must leave behind: the expected files, no errors, and after undo the first files. */
const inBrowser = (failures, name) => async (user, { address, root }) => {
  const before = written(root);
  await journey(user, address);
  failures.push(...differences(root), ...user.faults);
  run('build', '--root', root, '--out', join(root, 'public'));
  run('check', '--root', root);
  await undoAll(user);
  const after = written(root);
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(path) !== after.get(path)) failures.push(`${name}: ${path} is not as it was before, after everything was undone`);
  }
  return `journey in ${name}`;
};
