import { API, now, query, refusal } from './api.js';

const KINDS = ['hello', 'audit', 'bookmark', 'heartbeat', 'gap', 'reset', 'bye'];
const PATH = '/audit/stream';
/** Heartbeats come every 15 s; after as long a connection is one in name only. */
const SILENCE_MS = 40_000;
const LONGEST_PAUSE_S = 30;

/**
 * The stream of audit events, kept open: whatever ends it, it goes on behind the last place that it was told. `state` is
 * `opening`, `live`, `reconnecting`, `bye` (the server has said goodbye), `refused` (`problem` says why) or `closed`; `since`
 * is when that began, and `retryAt` when it is tried again, null if it is not.
 */
export class Stream {
  state = 'closed';
  since = now();
  problem = null;
  retryAt = null;
  /** The id of the place; null before the first one. */
  place = null;

  /** `hear(kind, data)` gets what comes; `changed` is called when the state is another one. */
  constructor(hear, changed) {
    this.hear = hear;
    this.changed = changed;
  }

  /** Opens it with these filters, from now on. */
  open(filters) {
    this.filters = filters;
    this.place = null;
    this.failures = 0;
    this.#become('opening');
    this.#connect();
  }

  /** Tries again at once. */
  retry() {
    this.#connect();
  }

  close() {
    this.#drop();
    this.#become('closed');
  }

  #connect() {
    this.#drop();
    const from = this.place === null ? { tail: 0 } : { last_event_id: this.place };
    const source = (this.source = new EventSource(API + PATH + query({ ...this.filters, ...from })));
    for (const kind of KINDS) source.addEventListener(kind, message => this.#heard(source, kind, message));
    source.onerror = () => this.#failed(source);
    this.heardAt = performance.now();
    this.watch = setInterval(() => this.#look(), SILENCE_MS / 8);
  }

  #drop() {
    this.source?.close();
    this.source = null;
    clearInterval(this.watch);
    clearTimeout(this.later);
  }

  #heard(source, kind, message) {
    if (source !== this.source) return;
    this.heardAt = performance.now();
    const isFresh = this.place === null;
    if (message.lastEventId) this.place = message.lastEventId;
    const data = JSON.parse(message.data);
    if (kind === 'bye') return this.#leave(data);
    if (this.state !== 'live') {
      this.failures = 0;
      this.#become('live');
    }
    this.hear(kind, data, isFresh);
  }

  #leave(data) {
    this.hear('bye', data, false);
    this.#drop();
    this.#tryLater('bye', data.retry_ms / 1000);
  }

  #look() {
    if (performance.now() - this.heardAt < SILENCE_MS) return;
    this.#become('reconnecting');
    this.#connect();
  }

  /** A browser comes back by itself after a broken connection, but not after an answer that is no stream. */
  #failed(source) {
    if (source !== this.source) return;
    if (source.readyState === EventSource.CLOSED) {
      this.#drop();
      this.#askWhy();
    } else if (this.state !== 'refused') {
      this.heardAt = performance.now();
      this.#become('reconnecting');
    }
  }

  async #askWhy() {
    const { filters } = this;
    const problem = await refusal(PATH, { ...filters, tail: 0 });
    if (this.state === 'closed' || this.source || filters !== this.filters) return;
    this.failures += 1;
    if (!problem) return this.#tryLater('reconnecting', 1);
    if (problem.status === 400 || problem.status === 403) return this.#become('refused', problem);
    this.#tryLater('refused', problem.retryAfter ?? Math.min(LONGEST_PAUSE_S, 2 ** this.failures), problem);
  }

  #tryLater(state, seconds, problem = null) {
    this.#become(state, problem, now() + seconds * 1000);
    this.later = setTimeout(() => this.#connect(), seconds * 1000);
  }

  #become(state, problem = null, retryAt = null) {
    if (state !== this.state) this.since = now();
    this.state = state;
    this.problem = problem;
    this.retryAt = retryAt;
    this.changed();
  }
}
