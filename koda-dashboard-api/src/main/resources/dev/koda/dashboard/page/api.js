/** Where the operations API is. */
export const API = '/api/operations';

/** What the API refused: `status`, its stable `reason`, a `message` for people, and `retryAfter` in seconds or null. */
export class ApiError extends Error {
  constructor(status, reason, message, retryAfter = null) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Nobody answered, or not within the time. */
  get isUnreachable() {
    return this.status === 0;
  }

  get isStoreDown() {
    return this.reason === 'operations_store_unavailable';
  }
}

/** What the session brings along; session.js sets it. */
export const credentials = { csrf: null, ended: () => {} };

/** How far the server's clock is ahead of this machine's, in milliseconds; 0 as long as they about agree. */
let skew = 0;

const SECONDS = 20;
const CLOCKS_AGREE_MS = 5000;

/** GET of a path below the API; parameters that are '', null or undefined are left out. */
export function get(path, parameters = {}, options = {}) {
  return ask('GET', path + query(parameters), undefined, options);
}

export function post(path, body, options = {}) {
  return ask('POST', path, body, options);
}

export function remove(path) {
  return ask('DELETE', path);
}

/** Why the server opens no such stream, since an EventSource does not say; null if it would. */
export async function refusal(path, parameters) {
  const stop = new AbortController();
  try {
    const response = await send(API + path + query(parameters), {}, { signal: stop.signal });
    if (!response.ok) return told(await refusalOf(response));
    stop.abort();
    return null;
  } catch (problem) {
    return problem;
  }
}

/** A readiness answer is one whatever its status. */
export async function readiness(options = {}) {
  const response = await send('/api/runtime/readiness', {}, options);
  return response.json().catch(() => {
    throw new ApiError(response.status, 'unreadable', 'The readiness probe answered something else than JSON.');
  });
}

/** The parameters as a query string with its question mark; empty if there are none. */
export function query(parameters) {
  const known = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== '' && value !== null && value !== undefined) known.set(name, value);
  }
  const text = known.toString();
  return text ? '?' + text : '';
}

async function ask(method, path, body, options = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && credentials.csrf) headers['X-Koda-Csrf'] = credentials.csrf;
  const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
  const response = await send(API + path, request, options);
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await refusalOf(response);
  throw options.isLogin ? problem : told(problem);
}

/** Whose session has ended need not be asked for each view. */
function told(problem) {
  if (problem.status === 401) credentials.ended(problem);
  return problem;
}

async function send(address, request, { signal, seconds = SECONDS } = {}) {
  const late = AbortSignal.timeout(seconds * 1000);
  const asked = Date.now();
  try {
    const either = signal ? AbortSignal.any([signal, late]) : late;
    const response = await fetch(address, { ...request, credentials: 'same-origin', cache: 'no-store', signal: either });
    noteClock(response.headers.get('Date'), asked);
    return response;
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const why = late.aborted ? `No answer within ${seconds} seconds.` : 'The server cannot be reached.';
    throw new ApiError(0, 'unreachable', why);
  }
}

async function refusalOf(response) {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  const body = await response.json().catch(() => ({}));
  const message = typeof body.detail === 'string' ? body.detail : `The server answered ${response.status}.`;
  return new ApiError(response.status, body.reason ?? '', sentence(message), Number.isNaN(seconds) ? null : seconds);
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

/** The server says at some time between question and answer what time it is, in whole seconds: only more than that is a difference. */
function noteClock(date, asked) {
  const server = Date.parse(date ?? '') + 500;
  if (Number.isNaN(server)) return;
  const isBetween = server > asked - CLOCKS_AGREE_MS && server < Date.now() + CLOCKS_AGREE_MS;
  skew = isBetween ? 0 : server - (asked + Date.now()) / 2;
}

/** Now, by the clock of the server. */
export function now() {
  return Date.now() + skew;
}
