// Dialogs: a title, fields, and buttons. Closed by Escape, by a press beside it, or by its buttons; the focus returns
// to where it was.

import { button, el, fill, newId } from './dom.js';
import { t } from './words.js';

/**
 * Opens a dialog. `content` is what it shows; `submit` is what its main button does, labelled `action`: it may be
 * asynchronous, and the dialog closes unless it throws. What it returns is called afterwards. Errors of the server are
 * shown in the dialog. Returns `attempt`, which runs another function in the same way.
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
  // A press beside the dialog is one on the dialog itself, because the form covers its inside.
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
