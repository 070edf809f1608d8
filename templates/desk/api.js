// Speaks to the server: `/desk/api/`. The requests and replies are described in `src/desk/`.

const API = '/desk/api/';

/**
 * A failed request. `kind` is `offline`, or the kind of the server's failure; the caller decides by it what to do.
 */
export class ApiError extends Error {
  constructor({ kind, message, help, current }) {
    super(message);
    Object.assign(this, { kind, help, current });
  }
}

export const getWords = () => request('words');
export const getBoard = () => request('board');
export const getSource = (id) => request(`source/${encodeURIComponent(id)}`);

/** Makes a quote of the words between two positions in a document, and proves it. `signal` cancels the request. */
export const prove = (source, from, to, signal) => post('prove', { source, from, to }, signal);

/** Asks which problems a build would report if this answer were saved. */
export const check = (source, id, answer, signal) => post('check', { source, id, answer }, signal);

/** Makes a change in the site's files. Returns the history, and the id of the answer or question that was made. */
export const change = (action, values = {}) => post('do', { action, ...values });

const post = (name, body, signal) =>
  request(name, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });

async function request(name, options = {}) {
  let response;
  try {
    response = await fetch(API + name, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError({ kind: 'offline', message: '', help: '' });
  }
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const reply = isJson ? await response.json() : {};
  if (!response.ok) throw new ApiError(reply.error ?? { kind: 'io', message: `${response.status} ${response.statusText}`, help: '' });
  return reply;
}

/** Calls a function whenever the server has rebuilt the site. */
export function onRebuilt(run) {
  let stream, last;
  // Each new connection first gets the current state. Only a state that differs from the last one is a new build.
  const receive = ({ data }) => {
    if (last !== undefined && data !== last) run();
    last = data;
  };
  const connect = () => {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource('/.sourcewise/events');
    stream.addEventListener('message', receive);
  };
  // Browsers limit the connections per host, so a hidden page closes its own.
  document.addEventListener('visibilitychange', connect);
  addEventListener('pagehide', () => stream?.close());
  connect();
}
