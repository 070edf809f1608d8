// Checks that the Nu HTML checker reports no error and no warning for any page, style sheet or SVG image.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FALSE_POSITIVES } from '../nu-false-positives.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

export async function check({ site }) {
  const files = site.files.filter((path) => /\.(html|css|svg)$/.test(path));
  const messages = await nu(files.map((path) => join(site.folder, path)));
  const isFalsePositive = ({ message }) => FALSE_POSITIVES.some((known) => known.message.test(message));
  const failures = messages.filter((message) => !isFalsePositive(message));
  const name = (url) => decodeURIComponent(new URL(url).pathname).slice(site.folder.length + 1);
  const line = ({ url, lastLine, subType, type, message }) =>
    `${name(url)}:${lastLine ?? 0}: ${subType ?? type}: ${message}`;
  const ignored = messages.length - failures.length;
  return {
    summary: `${failures.length} messages on ${files.length} files${ignored ? `, ${ignored} false positives ignored` : ''}`,
    failures: failures.map(line),
  };
}

/** Returns all messages as objects. The exit code only says whether there are any, so it is ignored. */
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
