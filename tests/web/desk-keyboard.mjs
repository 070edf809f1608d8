// A journey through the desk by keyboard alone. After every key, some element other than the page must have the focus.

/** `address` is that of a desk on the site that `sourcewise new` creates. */
export async function keyboardJourney(user, address) {
  const press = async (...keys) => {
    for (const key of keys) {
      await user.press(key);
      await user.until(`an element has the focus after ${key}`, () => user.tab.evaluate(() => document.activeElement !== document.body && document.activeElement !== null));
    }
  };
  const shows = (selector) => user.until(`${selector} is shown`, () => user.tab.evaluate((wanted) => Boolean(document.querySelector(wanted)?.checkVisibility()), selector));
  const hides = (selector) => user.until(`${selector} is gone`, () => user.tab.evaluate((wanted) => !document.querySelector(wanted)?.checkVisibility(), selector));

  await user.open(address);
  await user.until('a cell has the focus', () => user.isOn('.cell a'));
  await press('ArrowDown', 'ArrowUp', '?');
  await shows('dialog[open]');
  await press('Escape');
  await hides('dialog[open]');
  await user.until('the cell has the focus again', () => user.isOn('.cell a'));

  // A new question, then its first cell.
  await press('w');
  await shows('dialog[open]');
  await user.type('What do the first words say?');
  await press('Tab');
  await user.type('First words');
  await press('Control+Enter');
  await hides('dialog[open]');
  await user.sees('First words', '.cells');
  await user.open(new URL(await user.tab.$eval('.cells tbody tr:last-child .cell a', (cell) => cell.href), address).href);
  await shows('.block');
  await user.until('the document has the focus', () => user.isOn('#document'));

  // Words selected by the cursor become a quote, with a new position.
  await press('Control+Home', 'ArrowRight', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await user.isProved();
  await press('Escape');
  await hides('.quote-bar');
  await press('Control+ArrowDown', 'Control+ArrowDown', 'ArrowDown', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await user.isProved();
  await press('f', 'i', 'r', 's', 't');
  await shows('[role="listbox"]');
  await press('Enter');
  await shows('.answer-form');
  await user.type('Some words');
  await press('Enter');
  await user.until('the summary has the focus', () => user.isOn('textarea'));
  await user.type('It begins with these.');
  await press('Escape');
  await hides('.answer-form');
  await user.until('the question has the focus', () => user.isOn('.question-head'));
  // What was written is offered again.
  await press('Enter', 'Enter');
  await shows('.restored');
  await press('q');
  await user.until('the form has the focus', () => user.isOn('.answer-form textarea'));
  await user.save();
  await user.until('the document has the focus', () => user.isOn('#document'));

  // Change, undo, redo.
  await press('e');
  await user.until('the summary has the focus', () => user.isOn('.answer-form textarea'));
  await press('End');
  await user.type(' Yes.');
  await user.save();
  await user.sees('It begins with these. Yes.', '.answer-summary');
  await press('Control+z');
  await user.sees('Undone', '.notice');
  await user.until('the summary is the old one', async () => (await user.text('.answer-summary')) === 'It begins with these.');
  await press('Control+Shift+Z');
  await user.sees('It begins with these. Yes.', '.answer-summary');

  // The next cell, silent.
  await press('n');
  await user.until('another cell is open', async () => !(await user.text('.in-hand .question-short')).startsWith('First words') || !(await user.text('.answer-summary')));
  await shows('.block');
  await press('s');
  await user.until('the reason has the focus', () => user.isOn('.silence-form textarea'));
  await user.type('It says nothing about this.');
  await press('Enter');
  await user.sees('Saved as silent', '.notice');
  await press('j', 'k', 'b');
  await user.until('a cell has the focus', () => user.isOn('.cell a'));
}
