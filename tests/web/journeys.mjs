// User journeys, step by step. Each runs with and without JavaScript, unless `js` says otherwise. `clipboard` marks those
// that read the clipboard.

const journey = (name, steps, { js = [true, false], clipboard = false } = {}) => ({ name, steps, js, clipboard });

export const journeys = [
  journey('the comparison is opened from disk', async (reader) => {
    const question = /([^/]+)\.html$/.exec(reader.pageOf('question'))[1];
    await reader.open('index.html', { disk: true });
    await reader.follow('main a[href="compare.html"]');
    const row = () => reader.visibleText(`[id="${question}"]`);
    await reader.sees('the comparison has a heading', async () => (await reader.visibleText('h1')) !== '');
    await reader.sees(`there is a row for ${question}`, async () => (await row()) !== '');
  }),

  journey('a citation is previewed by keyboard alone', async (reader) => {
    await reader.open(reader.pageOf('page', 'popovertarget='));
    await reader.tabTo('.cite [popovertarget]');
    const citation = await reader.focused();
    await reader.press('Enter');
    await reader.sees('a preview is open', async () => (await reader.visibleText(':popover-open')) !== '');
    await reader.press('Escape');
    await reader.sees('the preview is closed', async () => (await reader.visibleText(':popover-open')) === '');
    await reader.sees('the focus is on the citation again', async () => (await reader.focused()) === citation);
  }),

  journey('the row of a question is previewed by keyboard alone', async (reader) => {
    await reader.open(reader.pageOf('page', 'popovertarget="gist--'));
    await reader.tabTo('button.marker');
    await reader.press('Enter');
    const gist = () => reader.visibleText('.gist:popover-open');
    await reader.sees('the preview shows the positions', async () => /\S/.test(await reader.visibleText('.gist:popover-open li b')));
    await reader.sees('the preview counts sources', async () => /\d/.test(await gist()));
    await reader.press('Escape');
    await reader.sees('the preview is closed', async () => (await gist()) === '');
  }),

  journey('the comparison is filtered by two sources and by disagreement', async (reader) => {
    await reader.open('compare.html', { disk: true, width: 1440 });
    const shown = (selector) => reader.countVisible(selector);
    const [columns, rows] = [await shown('.matrix thead th.cell'), await shown('.matrix .row')];
    for (const column of [1, 2]) await reader.click(`label:has(#filter--${column})`);
    await reader.sees('two columns are left', async () => columns > 2 && (await shown('.matrix thead th.cell')) === 2);
    await reader.click('label:has(#filter--differ)');
    await reader.sees('only rows that differ are left', async () =>
      (await shown('.matrix .row')) === (await shown('.matrix .row.differ')) && (await shown('.matrix .row')) < rows);
    await reader.click('.filter button');
    await reader.sees('resetting the filter shows everything', async () =>
      (await shown('.matrix thead th.cell')) === columns && (await shown('.matrix .row')) === rows);
  }),

  journey('a quotation is copied with its source and an address that leads to it', async (reader) => {
    await reader.open(reader.pageOf('question'));
    const { origin } = new URL(reader.tab.url());
    await reader.tab.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-sanitized-write']);
    const [words, source] = await Promise.all(['.answer .quotation p', '.answer h4 a'].map((at) => reader.visibleText(at)));
    await reader.click('.answer .copy');
    await reader.sees('the button says that it is copied', async () => /copied/i.test(await reader.visibleText('.answer .copy')));
    const copied = await reader.tab.evaluate(() => navigator.clipboard.readText());
    await reader.sees('the words and their source', async () => copied.includes(words) && copied.includes(source));
    await reader.tab.goto(/https?:\S+/.exec(copied)[0]);
    await reader.sees('the quotation at the address', async () => (await reader.visibleText(':target .quotation p')) === words);
  }, { js: [true], clipboard: true }),

  journey('a filtered view can be sent as an address', async (reader) => {
    await reader.open('compare.html', { disk: true, width: 1440 });
    await reader.click('label:has(#filter--2)');
    await reader.click('label:has(#filter--differ)');
    const address = await reader.tab.evaluate(() => location.href);
    await reader.tab.goto('about:blank');
    await reader.tab.goto(address);
    await reader.sees('the same column is left', async () => (await reader.countVisible('.matrix thead th.cell')) === 1);
    await reader.sees('only rows that differ are left', async () => (await reader.countVisible('.matrix .row:not(.differ)')) === 0);
    await reader.click('.filter button');
    await reader.sees('the address is the page’s again', () => reader.tab.evaluate(() => location.search === ''));
  }, { js: [true] }),

  journey('a cell shows what its source says, and leads to the answer', async (reader) => {
    await reader.open('compare.html', { disk: true, width: 390 });
    await reader.click('.matrix .row .cell.says button');
    await reader.sees('the preview has a quote', async () => (await reader.visibleText('.preview .quotation')) !== '');
    const words = await reader.visibleText('.preview .quotation p');
    await reader.follow('.preview:popover-open .more a');
    await reader.sees('the answer is the target', async () => (await reader.visibleText('.answer:target')).includes(words));
  }),

  journey('groups of questions are folded, and minor questions shown', async (reader) => {
    await reader.open('compare.html', { disk: true, width: 1440 });
    const rows = () => reader.countVisible('.matrix .row');
    const before = await rows();
    await reader.click('.matrix .show-minor label');
    await reader.sees('there are more rows', async () => (await rows()) > before);
    const more = await rows();
    await reader.click('.matrix .group label');
    await reader.sees('there are fewer rows', async () => (await rows()) < more);
  }),

  journey('a quote is followed to its source and back to its question', async (reader) => {
    await reader.open(reader.pageOf('question', 'class="quotation"'));
    const words = await reader.visibleText('.answer .quotation p');
    await reader.follow('.answer .quotation footer a');
    await reader.sees('the same words are the target on the page of the source', async () =>
      (await reader.visibleText('.proof:target .quotation p')) === words);
    await reader.follow('.answer:has(.proof:target) h3 a');
    await reader.sees('its answer is the target', async () => (await reader.visibleText('.answer:target')).includes(words));
  }),

  journey('a quoted word is found by the search, served and from disk', async (reader) => {
    const source = reader.pageOf('source', 'class="quotation"');
    for (const disk of [false, true]) {
      await reader.open(source, { disk });
      const words = await reader.visibleText('.quotation p');
      const word = words.match(/\p{L}{5,}/gu).reduce((longest, next) => (next.length > longest.length ? next : longest));
      await reader.follow('.masthead a[href$="search.html"]');
      await reader.tabTo('#search--query');
      await reader.type(word.slice(1).toUpperCase());
      await reader.sees('results are counted', async () => /[1-9]/.test(await reader.visibleText('#search--status')));
      await reader.sees('the results highlight the part of the word', async () =>
        (await reader.visibleText('.hits mark')).toLowerCase() === word.slice(1).toLowerCase());
      await reader.follow('.hits .quote a');
      await reader.sees('the quote is the target', async () => (await reader.visibleText('.proof:target')) !== '');
    }
  }, { js: [true] }),

  journey('the search page lists everything without JavaScript', async (reader) => {
    await reader.open('search.html', { disk: true });
    await reader.sees('the form is hidden', async () => (await reader.visibleText('#search--form')) === '');
    await reader.sees('the list is shown', async () => (await reader.countVisible('.everything a')) > 10);
  }, { js: [false] }),

  journey('the chosen colour scheme is kept on the next page', async (reader) => {
    await reader.open('index.html', { scheme: 'light' });
    const background = () => reader.backgroundColour('body');
    const light = await background();
    await reader.click('.colours');
    await reader.click('.colours');
    await reader.sees('the page is dark', async () => (await background()) !== light);
    const dark = await background();
    await reader.follow('.masthead a[href="compare.html"]');
    await reader.sees('the next page is dark, too', async () => (await background()) === dark);
    await reader.click('.colours');
    await reader.sees('the system scheme is used again', async () => (await background()) === light);
  }, { js: [true] }),

  journey('pages use the system colour scheme without JavaScript', async (reader) => {
    await reader.open('index.html', { scheme: 'light' });
    const light = await reader.backgroundColour('body');
    await reader.open('index.html', { scheme: 'dark' });
    await reader.sees('the page is dark', async () => (await reader.backgroundColour('body')) !== light);
    await reader.sees('the button is hidden', async () => (await reader.countVisible('.colours')) === 0);
  }, { js: [false] }),

  journey('a note is beside the text on wide screens, and at the end on narrow ones', async (reader) => {
    const page = reader.pageOf('page', 'class="sidenote"');
    await reader.open(page, { width: 1440 });
    const beside = await reader.visibleText('.sidenote');
    await reader.sees('the note is beside the text', async () => beside !== '' && (await reader.countVisible('.footnotes .beside')) === 0);
    await reader.open(page);
    await reader.sees('the note is at the end', async () =>
      (await reader.countVisible('.sidenote')) === 0 && (await reader.countVisible('.footnotes li')) > 0);
  }),
];
