// Adds a button to each quotation that copies it with its source, its place and a link, ready to be pasted into a text.
// Browsers allow this only at addresses with https, and on the reader's own machine.
(() => {
  'use strict';
  const { copy, copied, format } = document.currentScript.dataset;
  if (!navigator.clipboard) return;

  const sourceOf = (quotation) => {
    const heading = quotation.closest('.answer')?.querySelector('h4');
    const name = heading?.querySelector('.speaker, a') ?? document.querySelector('h1');
    return name.textContent.trim().replace(/:$/, '');
  };

  const addressOf = (quotation) => {
    const id = quotation.closest('.proof, .passage')?.id;
    return id ? `${location.href.replace(/#.*/, '')}#${id}` : quotation.querySelector('footer a').href;
  };

  const textOf = (quotation) => {
    const values = {
      quote: quotation.querySelector('p').textContent.trim(),
      source: sourceOf(quotation),
      place: quotation.querySelector('footer').firstChild.textContent.trim(),
      address: addressOf(quotation),
    };
    return format.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };

  for (const quotation of document.querySelectorAll('.quotation')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(textOf(quotation));
      button.textContent = copied;
      setTimeout(() => { button.textContent = copy; }, 2000);
    });
    quotation.querySelector('footer')?.append(' ', button);
  }
})();
