// What readers do, step by step. Each journey is made with JavaScript and without it; `js: [true]` makes it with it
// only.

const journey = (name, make, { js = [true, false] } = {}) => ({ name, make, js });

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
    await reader.sees('it is closed', async () => (await reader.visibleText(':popover-open')) === '');
    await reader.sees('the focus is back', async () => (await reader.focused()) === citation);
  }),

  journey('the row of a question is previewed by keyboard alone', async (reader) => {
    await reader.open(reader.pageOf('page', 'popovertarget="gist--'));
    await reader.tabTo('button.marker');
    await reader.press('Enter');
    const gist = () => reader.visibleText('.gist:popover-open');
    await reader.sees('it shows the positions', async () => /\S/.test(await reader.visibleText('.gist:popover-open li b')));
    await reader.sees('it counts sources', async () => /\d/.test(await gist()));
    await reader.press('Escape');
    await reader.sees('it is closed', async () => (await gist()) === '');
  }),

  journey('the comparison is filtered to two sources, and to questions that differ', async (reader) => {
    await reader.open('compare.html', { disk: true, width: 1440 });
    const shown = (selector) => reader.countVisible(selector);
    const [columns, rows] = [await shown('.matrix thead th.cell'), await shown('.matrix tbody')];
    const answers = await shown('.positions .answer');
    for (const column of [1, 2]) await reader.click(`label:has(#filter--${column})`);
    await reader.sees('two columns are left', async () => (await shown('.matrix thead th.cell')) === 2);
    await reader.sees('only their answers are', async () =>
      (await shown('.positions .answer')) === (await shown('.positions :is(.of-1, .of-2).answer')));
    await reader.sees('there were more', async () => columns > 2 && answers > (await shown('.positions .answer')));
    await reader.click('label:has(#filter--differ)');
    await reader.sees('only rows that differ are left', async () =>
      (await shown('.matrix tbody')) === (await shown('.matrix tbody.differ')) && (await shown('.matrix tbody')) < rows);
    await reader.click('.filter button');
    await reader.sees('everything is back', async () =>
      (await shown('.matrix thead th.cell')) === columns && (await shown('.matrix tbody')) === rows);
  }),

  journey('a quote is followed to its source and back to its question', async (reader) => {
    await reader.open(reader.pageOf('question', 'class="quotation"'));
    const words = await reader.visibleText('.answer .quotation p');
    await reader.follow('.answer .quotation footer a');
    await reader.sees('the same words stand there, marked as the target', async () =>
      (await reader.visibleText('.proof:target .quotation p')) === words);
    await reader.follow('.answer:has(.proof:target) h3 a');
    await reader.sees('its question is in sight', async () => (await reader.visibleText('.question:target')).includes(words));
  }),

  journey('a quoted word is searched for at the root, and from disk', async (reader) => {
    const source = reader.pageOf('source', 'class="quotation"');
    for (const disk of [false, true]) {
      await reader.open(source, { disk });
      const words = await reader.visibleText('.quotation p');
      const word = words.match(/\p{L}{5,}/gu).reduce((long, next) => (next.length > long.length ? next : long));
      await reader.follow('.masthead a[href$="search.html"]');
      await reader.tabTo('#search--query');
      await reader.type(word.slice(1).toUpperCase());
      await reader.sees('results are counted', async () => /[1-9]/.test(await reader.visibleText('#search--status')));
      await reader.sees('they mark the part of the word', async () =>
        (await reader.visibleText('.hits mark')).toLowerCase() === word.slice(1).toLowerCase());
      await reader.follow('.hits .quote a');
      await reader.sees('the quote is in sight', async () => (await reader.visibleText('.proof:target')) !== '');
    }
  }, { js: [true] }),

  journey('everything is listed where nothing can be searched', async (reader) => {
    await reader.open('search.html', { disk: true });
    await reader.sees('there is no form', async () => (await reader.visibleText('#search--form')) === '');
    await reader.sees('there is a list', async () => (await reader.countVisible('.everything a')) > 10);
  }, { js: [false] }),

  journey('the choice of colours lasts on the next page', async (reader) => {
    await reader.open('index.html', { scheme: 'light' });
    const paper = () => reader.colour('body');
    const day = await paper();
    await reader.click('.colours');
    await reader.click('.colours');
    await reader.sees('it is night', async () => (await paper()) !== day);
    const night = await paper();
    await reader.follow('.masthead a[href="compare.html"]');
    await reader.sees('it is night there, too', async () => (await paper()) === night);
    await reader.click('.colours');
    await reader.sees('the system decides again', async () => (await paper()) === day);
  }, { js: [true] }),

  journey('pages follow the system where nothing can be chosen', async (reader) => {
    await reader.open('index.html', { scheme: 'light' });
    const day = await reader.colour('body');
    await reader.open('index.html', { scheme: 'dark' });
    await reader.sees('it is night', async () => (await reader.colour('body')) !== day);
    await reader.sees('there is no button', async () => (await reader.countVisible('.colours')) === 0);
  }, { js: [false] }),

  journey('a note stands beside the text where there is room, else at its end', async (reader) => {
    const page = reader.pageOf('page', 'class="sidenote"');
    await reader.open(page, { width: 1440 });
    const beside = await reader.visibleText('.sidenote');
    await reader.sees('it stands beside', async () => beside !== '' && (await reader.countVisible('.footnotes .beside')) === 0);
    await reader.open(page);
    await reader.sees('it stands at the end', async () =>
      (await reader.countVisible('.sidenote')) === 0 && (await reader.countVisible('.footnotes li')) > 0);
  }),
];
