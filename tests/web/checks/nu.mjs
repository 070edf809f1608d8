// Shows that the Nu HTML checker has nothing to say of any page, style sheet or SVG picture: no error, no warning.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { KNOWN } from '../nu-known.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

export async function check({ site }) {
  const files = site.files.filter((path) => /\.(html|css|svg)$/.test(path));
  const messages = await nu(files.map((path) => join(site.folder, path)));
  const isKnown = ({ message }) => KNOWN.some((known) => known.message.test(message));
  const faults = messages.filter((message) => !isKnown(message));
  const name = (url) => decodeURIComponent(new URL(url).pathname).slice(site.folder.length + 1);
  const line = ({ url, lastLine, subType, type, message }) =>
    `${name(url)}:${lastLine ?? 0}: ${subType ?? type}: ${message}`;
  const known = messages.length - faults.length;
  return {
    figures: `${faults.length} messages on ${files.length} files${known ? `, ${known} known to be wrong` : ''}`,
    faults: faults.map(line),
  };
}

/** All messages, as objects. The exit code only repeats whether there are any. */
function nu(files) {
  const options = ['--format', 'json', '--also-check-css', '--also-check-svg'];
  return new Promise((done, fail) => {
    execFile('java', ['-jar', JAR, ...options, ...files], { maxBuffer: 2 ** 28 }, (error, _, stderr) => {
      try {
        done(JSON.parse(stderr).messages);
      } catch {
        fail(error ?? new Error(`the checker printed: ${stderr.slice(0, 500)}`));
      }
    });
  });
}
