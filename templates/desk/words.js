// The texts of the interface, in the site's language. The server sends them from `templates/words/`, table `[desk]`.

let words = {};

export function setWords(loaded) {
  words = loaded;
}

/** Returns the text with this key, with `{name}` replaced by `values.name`; the key itself if there is no such text. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Formats a number as the site's language writes it. */
export const number = (value) => value.toLocaleString(document.documentElement.lang || undefined);

/** Formats a moment: only the time if it is today, otherwise the day, too. */
export function moment(iso) {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  const style = isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
  return date.toLocaleString(document.documentElement.lang || undefined, style);
}
