// What happens if an answer is changed in an editor while it is open in a form: what was typed stays, with the focus;
// saving shows both texts, and writes neither until the user decides.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { save } from './preview.mjs';

const RECORD = 'seeds/council-notice.toml';
const SUMMARY = /^summary = "(.*)"$/m;

/** `address` is that of a desk on the site that `sourcewise new` creates, in the folder `root`. */
export async function conflict(user, address, root) {
  const summary = () => SUMMARY.exec(readFileSync(join(root, RECORD), 'utf8'))[1];
  const changeInEditor = (addition) => save(root, RECORD, (text) => text.replace(SUMMARY, `summary = "$1${addition}"`));
  const first = summary();

  await user.open(address);
  await user.open(new URL('/desk/read/council-notice', address).href);
  await user.tab.waitForSelector('.block');
  await user.press('j', 'e');
  await user.until('the summary has the focus', () => user.isOn('.answer-form textarea'));
  await user.press('End');
  await user.type(' Mine.');
  changeInEditor(' Theirs.');
  await user.sees(`${first} Theirs.`, '.answer-summary');
  if (!(await user.isOn('.answer-form textarea'))) throw new Error('a change of the file took the focus from the form');
  await user.type(' Still mine.');

  await user.press('Control+Enter');
  await user.sees(`${first} Mine. Still mine.`, '.conflict');
  await user.sees(`${first} Theirs.`, '.conflict');
  if (summary() !== `${first} Theirs.`) throw new Error('a conflict was written over');
  await user.click('.conflict .primary');
  await user.until('the answer is written', () => summary() === `${first} Mine. Still mine.`);

  // A file with a fault of syntax is never written.
  await user.until('the form is closed', async () => (await user.text('.answer-form')) === '');
  save(root, RECORD, (text) => text.replace('[[answer]]', '[[answer]'));
  await user.sees('council-notice.toml', '.document-head .problems');
  const faulty = readFileSync(join(root, RECORD), 'utf8');
  await user.press('s');
  await user.until('the reason has the focus', () => user.isOn('.silence-form textarea'));
  await user.type('It does not say.');
  await user.press('Enter');
  await user.sees('seeds/council-notice.toml', '.notice.fault');
  if ((await user.tab.$eval('.silence-form textarea', ({ value }) => value)) !== 'It does not say.') throw new Error('the reason was lost');
  if (readFileSync(join(root, RECORD), 'utf8') !== faulty) throw new Error('a file with a fault of syntax was written');
}
