import { get, now } from './api.js';

const PAGE = 25;
const LARGEST = 500;
/** So long after its end a bar has all that it will ever have. */
const LATE_MS = 120_000;

/**
 * The single verifications of an integration, the newest first: `items` are null before the first answer, `next` is where
 * older ones go on. With `bar`, which begins at `from` and ends before `to`, those of that bar alone. Of another
 * integration or bar there is another list, so that a late answer is never shown for what is shown then.
 */
export class Verifications {
  items = null;
  next = null;
  problem = null;

  constructor(id, bar = null) {
    this.path = `/integrations/${encodeURIComponent(id)}/verifications`;
    this.bar = bar;
    this.end = new AbortController();
  }

  /** Adds those that have come since, at first the newest of all, one search at a time. What is known stays when that fails. */
  refresh() {
    if (this.isWhole) return Promise.resolve();
    this.search ??= this.#search().finally(() => { this.search = null; });
    return this.search;
  }

  /** Nobody looks at these any more. */
  close() {
    this.end.abort();
  }

  #search() {
    const at = now();
    return this.#noted(async () => {
      const newest = this.items?.[0]?.id;
      const fresh = await this.#pages(null, newest);
      const met = fresh.items.findIndex(one => one.id === newest);
      if (met >= 0) this.items = [...fresh.items.slice(0, met), ...this.items];
      else Object.assign(this, fresh);
      this.isWhole = Boolean(this.bar) && at > this.bar.to + LATE_MS;
    });
  }

  /** Adds those behind the oldest. */
  older() {
    return this.#noted(async () => {
      const { next } = this;
      const page = await this.#pages(next);
      if (next !== this.next) return;
      this.items = [...this.items, ...page.items];
      this.next = page.next;
    });
  }

  async #noted(work) {
    try {
      await work();
      this.problem = null;
    } catch (problem) {
      if (!this.end.signal.aborted) this.problem = problem;
    }
  }

  /** One page; or those of a bar, which are looked for from the newest on, as they are kept, to its end or to a known one. */
  async #pages(cursor, known) {
    const items = [];
    let next = cursor;
    let page;
    do {
      page = await get(this.path, { limit: this.bar ? LARGEST : PAGE, cursor: next }, { signal: this.end.signal });
      items.push(...page.items.filter(one => this.#isMeant(one)));
      next = page.items.length && this.#isBefore(page.items.at(-1)) ? null : page.next_cursor;
    } while (this.bar && next && !page.items.some(one => one.id === known));
    return { items, next };
  }

  #isMeant(one) {
    const at = Date.parse(one.started_at);
    return !this.bar || (at >= this.bar.from && at < this.bar.to);
  }

  #isBefore(one) {
    return Boolean(this.bar) && Date.parse(one.started_at) < this.bar.from;
  }
}
