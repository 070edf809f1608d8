// Keeps the unsaved text of forms as long as this tab is open, by source, question and answer.

const PREFIX = 'desk-draft';

const keyOf = (source, question, id) => [PREFIX, source, question, id ?? 'new'].join('/');

export function keepDraft(source, question, id, values) {
  try {
    sessionStorage.setItem(keyOf(source, question, id), JSON.stringify(values));
  } catch {
    // The browser's storage may be full or forbidden. That must not stop the work: the form still has the text.
  }
}

/** Returns the values of a form that was left without saving, or null. */
export function readDraft(source, question, id) {
  const text = sessionStorage.getItem(keyOf(source, question, id));
  return text === null ? null : JSON.parse(text);
}

export function dropDraft(source, question, id) {
  sessionStorage.removeItem(keyOf(source, question, id));
}

/** Returns the ids of the answers to a question that have unsaved text; `new` for an answer without an id yet. */
export function draftsOf(source, question) {
  const start = [PREFIX, source, question, ''].join('/');
  return Object.keys(sessionStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}

/**
 * Moves the unsaved text of an answer that no longer exists to a new answer, unless that has unsaved text, too.
 */
export function adoptDraft(source, question, id) {
  const values = readDraft(source, question, id);
  if (readDraft(source, question, null)) return;
  keepDraft(source, question, null, values);
  dropDraft(source, question, id);
}
