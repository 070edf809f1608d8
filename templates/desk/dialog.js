// Dialogs: a title, fields, and buttons. A dialog is closed by Escape, by a press beside it, or by its buttons;
// then the focus returns to where it was.

import { button, el, fill, newId } from './dom.js';
import { t } from './words.js';

/**
 * Opens a dialog that shows `content`. Its main button has the label `action` and runs `submit`, which may be
 * asynchronous. If `submit` throws an error of the server, the dialog shows it; otherwise, the dialog closes and
 * then calls the function that `submit` returned, if any. Returns `attempt`, which runs another function as
 * `submit`.
 */
export function openDialog({ title, content, action, submit }) {
  const heading = newId('dialog');
  const opener = document.activeElement;
  const fault = el('p', { class: 'fault', role: 'alert', hidden: true });
  const dialog = el('dialog', { 'aria-labelledby': heading });
  const attempt = async (run) => {
    fault.hidden = true;
    try {
      const after = await run();
      dialog.close();
      after?.();
    } catch (error) {
      if (!error.kind) throw error;
      fault.hidden = false;
      fill(fault, el('b', {}, error.message || t('offline')), error.help ? ` ${error.help}` : null);
    }
  };
  const run = (event) => {
    event.preventDefault();
    if (submit) attempt(submit);
    else dialog.close();
  };
  const end = el('div', { class: 'dialog-end' },
    submit ? el('button', { type: 'submit', class: 'primary' }, action) : null,
    button(t(submit ? 'cancel' : 'close'), () => dialog.close()));
  dialog.append(el('form', { onsubmit: run, novalidate: true }, el('h2', { id: heading }, title), content, fault, end));
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit) run(event);
    event.stopPropagation();
  });
  // The form covers the inside of the dialog, so a press on the dialog itself was beside it, on the backdrop.
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    returnFocus(opener);
  });
  document.body.append(dialog);
  dialog.showModal();
  return { attempt };
}

/** Moves the focus back to the element that had it, or to the one that is now in its place. */
function returnFocus(opener) {
  if (document.activeElement !== document.body) return;
  const key = opener.dataset.key;
  const same = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (opener.isConnected && opener !== document.body ? opener : same || document.querySelector('#document, .board'))?.focus({ preventScroll: true });
}
