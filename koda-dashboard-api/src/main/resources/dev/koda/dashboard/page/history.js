import { get } from './api.js';

const PAGE = 100;
/** What was sealed before an event happened before that too, if clocks agree as well as this. */
const SKEW_MS = 5000;

/** The log behind what is shown of a filter, page by page, the newest first. */
export class History {
  #next = null;
  #isCut = false;

  constructor(filters) {
    this.filters = filters;
  }

  get hasMore() {
    return this.#isCut || this.#next !== null;
  }

  /** The newest page, as the API answers it. */
  async newest() {
    const asked = { ...this.filters, limit: PAGE };
    const page = await get('/audit/events', asked);
    this.#next = page.next_cursor ? { ...asked, cursor: page.next_cursor } : null;
    return page;
  }

  /** What is shown ends earlier than the pages that were asked for: the next one is found by the oldest event. */
  cut() {
    this.#isCut = true;
  }

  /** Some events older than this one, or than all if it is undefined; none at the end of the log. */
  async before(oldest) {
    if (this.#isCut && oldest) {
      const to = new Date(Date.parse(oldest.sealed_at) + SKEW_MS).toISOString();
      this.#next = { ...this.filters, to, limit: PAGE };
    }
    this.#isCut = false;
    let found = [];
    while (!found.length && this.#next) {
      const page = await this.#ask();
      this.#next = page.next_cursor ? { ...this.#next, cursor: page.next_cursor } : null;
      found = page.items.filter(event => event.seq < (oldest?.seq ?? Infinity));
    }
    return found;
  }

  async #ask() {
    try {
      return await get('/audit/events', this.#next);
    } catch (problem) {
      if (problem.status === 410) this.#next = null;
      throw problem;
    }
  }
}
