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
];
