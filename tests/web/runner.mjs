// Sets up the context that all checks share, and runs a check.

import { launch } from './browser.mjs';
import { serve } from './server.mjs';
import { readSite } from './site.mjs';

/** Serves a built site and starts the browser. `pages` are the pages to check: all, or the longest of each kind if `quick`. */
export async function open(folder, { quick = false, to = '' } = {}) {
  const site = await readSite(folder);
  const pages = quick ? site.kinds : site.pages;
  const [browser, root, below] = await Promise.all([
    launch(),
    serve(site.folder, '/'),
    serve(site.folder, '/a/b/c/'),
  ]);
  const close = async () => {
    await browser.close();
    root.close();
    below.close();
  };
  return { site, pages, to, quick, browser, root, below, close };
}

/** Runs a check. Returns `{ summary, failures }`; an exception counts as a failure. */
export async function run(name, context) {
  try {
    const { check } = await import(`./checks/${name}.mjs`);
    return await check(context);
  } catch (error) {
    return { summary: 'threw an exception', failures: [error.stack ?? String(error)] };
  }
}
