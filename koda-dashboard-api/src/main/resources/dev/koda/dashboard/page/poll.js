import { now } from './api.js';

const LONGEST_MS = 15_000;

/** Happens to the window when readiness has turned: whatever was known before is asked for anew. */
export const TURNED = 'koda-turned';

/**
 * What a view shows of one question to the API, asked again and again: `data` is the last answer (null before the first),
 * `at` when it came, `error` why the last attempt failed (null if it did not). An answer stays when the next attempt fails:
 * old numbers with their age are better than none. A hidden page asks nothing, and at once when it is shown again.
 */
export class Poll {
  data = null;
  at = null;
  error = null;
  isAsking = false;
  /** True if it is asked though the page is hidden. */
  isForHidden = false;

  /** `ask` takes an AbortSignal and resolves to the data; `everyMs` passes between an answer and the next question. */
  constructor(host, ask, everyMs) {
    this.host = host;
    this.ask = ask;
    this.everyMs = everyMs;
    this.longestMs = LONGEST_MS;
    this.failures = 0;
    this.seen = () => (this.#isUnseen() ? this.#stop() : this.refresh());
    this.turned = () => this.#isUnseen() || this.refresh();
    host.addController(this);
  }

  hostConnected() {
    this.isWanted = true;
    document.addEventListener('visibilitychange', this.seen);
    addEventListener(TURNED, this.turned);
    this.refresh();
  }

  hostDisconnected() {
    this.isWanted = false;
    document.removeEventListener('visibilitychange', this.seen);
    removeEventListener(TURNED, this.turned);
    this.#stop();
  }

  /** True if what is shown is older than it should be. */
  get isStale() {
    return this.at !== null && this.error !== null;
  }

  /** Asks now; with `fresh` what was the answer to another question is forgotten first. */
  async refresh({ fresh = false } = {}) {
    this.#stop();
    if (!this.isWanted) return;
    if (fresh) {
      this.data = null;
      this.at = null;
      this.error = null;
    }
    const stop = (this.stop = new AbortController());
    this.isAsking = true;
    this.host.requestUpdate();
    try {
      const data = await this.ask(stop.signal);
      if (stop.signal.aborted) return;
      this.#answered(data);
    } catch (problem) {
      if (stop.signal.aborted) return;
      this.error = problem;
      this.failures += 1;
    }
    this.isAsking = false;
    this.host.requestUpdate();
    if (!this.#isUnseen()) this.timer = setTimeout(() => this.refresh(), this.#pause());
  }

  #isUnseen() {
    return document.hidden && !this.isForHidden;
  }

  #answered(data) {
    this.data = data;
    this.at = now();
    this.error = null;
    this.failures = 0;
  }

  #pause() {
    const waited = (this.error?.retryAfter ?? 0) * 1000;
    return Math.max(waited, Math.min(this.everyMs * 2 ** Math.min(this.failures, 4), Math.max(this.longestMs, this.everyMs)));
  }

  #stop() {
    clearTimeout(this.timer);
    this.stop?.abort();
    this.isAsking = false;
  }
}
