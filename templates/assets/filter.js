// Keeps the filter of compare.html in the page's address, so that a view can be sent: `?only=gazette,watch&differ`.
// Without scripts, the filter works, but starts anew with each visit.
(() => {
  'use strict';
  const form = document.querySelector('.filter');
  if (!form) return;
  const sources = [...form.querySelectorAll('.by-source')];
  const differ = document.getElementById('filter--differ');

  const read = () => {
    const wanted = new URLSearchParams(location.search);
    const only = (wanted.get('only') ?? '').split(',');
    for (const box of sources) box.checked = only.includes(box.value);
    if (differ) differ.checked = wanted.has('differ');
  };

  const write = () => {
    // Ids have no characters that need escapes, except letters of other scripts.
    const only = sources.filter((box) => box.checked).map((box) => encodeURIComponent(box.value));
    const parts = [...(only.length > 0 ? [`only=${only.join(',')}`] : []), ...(differ?.checked ? ['differ'] : [])];
    history.replaceState(null, '', `${location.pathname}${parts.length > 0 ? `?${parts.join('&')}` : ''}${location.hash}`);
  };

  read();
  form.addEventListener('change', write);
  // The boxes are empty only after the event.
  form.addEventListener('reset', () => setTimeout(write));
})();
