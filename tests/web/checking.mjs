// What every check is given, and how one is run.

import { launch } from './browser.mjs';
import { serve } from './server.mjs';
import { readSite } from './site.mjs';

/** Serves a built site and starts the browser. `pages` are those to look at: all, or the longest of each kind. */
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
  return { site, pages, to, browser, root, below, close };
}

/** What a check finds: `{ figures, faults }`. One that breaks off has failed. */
export async function run(name, context) {
  try {
    const { check } = await import(`./checks/${name}.mjs`);
    return await check(context);
  } catch (error) {
    return { figures: 'broke off', faults: [error.stack ?? String(error)] };
  }
}
