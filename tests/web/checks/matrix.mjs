// Checks the comparison at several numbers of sources and widths: every column can be brought into view beside the heads
// of the rows, and no name or label is cut.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROGRAM } from '../program.mjs';

const SOURCES = [3, 5, 7, 12, 40];
const WIDTHS = [320, 390, 820, 1440, 2560];
const NAMES = ['The Gazette', 'Evening Post of the Valley', 'Letter of the miller’s wife', 'Fire watch', 'County court record'];
const POSITIONS = { lamp: 'A lamp that fell over', bolt: 'Lightning, in the night', none: 'Nobody could say' };

export async function check({ browser }) {
  const folder = mkdtempSync(join(tmpdir(), 'sourcewise-matrix-'));
  const failures = [];
  const tab = await browser.newPage();
  try {
    for (const sources of SOURCES) {
      const site = join(folder, String(sources));
      write(site, sources);
      execFileSync(PROGRAM[0], [...PROGRAM.slice(1), 'build'], { cwd: site, stdio: ['ignore', 'ignore', 'inherit'] });
      for (const width of WIDTHS) {
        await tab.setViewport({ width, height: 900 });
        await tab.goto(pathToFileURL(join(site, 'public/compare.html')).href, { waitUntil: 'load' });
        const found = await tab.evaluate(faults);
        failures.push(...found.map((fault) => `${sources} sources at ${width}: ${fault}`));
      }
    }
  } finally {
    await tab.close();
    rmSync(folder, { recursive: true });
  }
  return { summary: `${failures.length} faults with ${SOURCES.join(', ')} sources × ${WIDTHS.join(', ')}`, failures };
}

/** Writes a site with eight questions in two groups, whose sources answer in turn with each position. */
function write(site, sources) {
  for (const part of ['content/questions', 'seeds']) mkdirSync(join(site, part), { recursive: true });
  writeFileSync(join(site, 'site.toml'), 'title = "The mill"\ncards = false\n[groups]\nfire = "The fire"\nafter = "What came after"\n');
  const questions = Array.from({ length: 8 }, (_, at) => `q${at}`);
  questions.forEach((id, at) => {
    const positions = Object.entries(POSITIONS).map(([key, label]) => `${key} = "${label}"`).join('\n');
    const text = `+++\ntitle = "What do the reports say about part ${at} of the fire?"\nshort = "Part ${at}"\norder = ${at}\ngroup = "${at < 5 ? 'fire' : 'after'}"\n[positions]\n${positions}\n+++\n`;
    writeFileSync(join(site, `content/questions/${id}.md`), text);
  });
  for (let source = 0; source < sources; source += 1) {
    const short = `${NAMES[source % NAMES.length]}${source < NAMES.length ? '' : ` ${source}`}`;
    const answers = questions.map((id, at) => `[[answer]]\nquestion = "${id}"\nposition = "${Object.keys(POSITIONS)[(source + at) % 3]}"\nsummary = "It says so."\n`);
    writeFileSync(join(site, `seeds/s${source}.toml`), `title = "Report ${source}"\nshort = "${short}"\norder = ${source}\n${answers.join('')}`);
  }
}

/** Runs in the page. Returns what is wrong with the matrix. */
function faults() {
  const found = [];
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
  const corner = document.querySelector('.matrix .corner');
  for (const head of document.querySelectorAll('.matrix thead th.cell')) {
    head.scrollIntoView({ inline: 'center', block: 'center', behavior: 'instant' });
    const { left, right } = head.getBoundingClientRect();
    const name = head.querySelector('a > span');
    if (left < corner.getBoundingClientRect().right - 1 || right > window.innerWidth + 1) found.push(`“${name.textContent}” can't be brought into view`);
    if (isCut(name)) found.push(`“${name.textContent}” is cut`);
  }
  for (const label of document.querySelectorAll('.matrix .say .label')) {
    if (getComputedStyle(label).position === 'static' && isCut(label)) found.push(`“${label.textContent}” is cut`);
  }
  return [...new Set(found)];
}
