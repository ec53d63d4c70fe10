import { now } from './api.js';
import { known } from './event-words.js';
import { History } from './history.js';
import { Stream } from './stream.js';

/** So many rows are in the document at most. */
export const MOST = 1000;
/** Nobody reads faster, and the page stays free for who wants to pause it: so often rows come, and so many at a time. */
const FRAME_MS = 100;
const AT_ONCE = 50;
/** Between two lots of what came all at once, such as what a server has imported. */
const LOT_MS = 50;
const AGAIN_MS = 3000;

/**
 * The audit events of a filter, newest first: those of the log, and those of the stream as they come. No event is missing
 * or twice in it, through all that ends a stream; where the server says that some will not come, a line says so.
 *
 * `entries` are events and such lines (with `line` instead of `seq`). While it is paused, new ones wait, as many as
 * `waiting` tells. At most MOST are kept; older ones come back by `older`.
 */
export class Feed {
  entries = [];
  waiting = 0;
  received = 0;
  repeated = 0;
  missed = 0;
  /** The last number of the log, as far as the server has said. */
  head = null;
  /** False until the first page is there; `problem` is why it is not. */
  isReady = false;
  problem = null;
  isAskingOlder = false;
  olderProblem = null;

  #pauses = new Set();
  #arrived = [];
  #skipped = 0;
  #below = null;
  #isSliding = false;
  #lastSeq = 0;
  #lines = 0;

  /** Of entries that are too many, `thin` may take those out that no row shows; `shown` is told which events came. */
  constructor(host, { thin, shown }) {
    this.host = host;
    this.thin = thin;
    this.shown = shown;
    this.stream = new Stream((kind, data, isFresh) => this.#hear(kind, data, isFresh), () => this.#streamChanged());
    host.addController(this);
  }

  hostDisconnected() {
    this.stream.close();
    clearTimeout(this.timer);
    clearTimeout(this.again);
    cancelAnimationFrame(this.frame);
    this.timer = null;
  }

  /** Begins anew with these filters. */
  open(filters) {
    this.isThinned = false;
    this.filters = { ...filters };
    this.entries = [];
    this.received = 0;
    this.waiting = 0;
    this.isReady = false;
    this.problem = null;
    this.olderProblem = null;
    this.#arrived = [];
    this.#skipped = 0;
    this.#below = new History(this.filters);
    this.#isSliding = false;
    this.#lastSeq = 0;
    this.#pauses.delete('history');
    this.stream.open(this.filters);
    this.host.requestUpdate();
  }

  get isPaused() {
    return this.#pauses.size > 0;
  }

  /** True if it is paused for this: `asked`, `event`, `scroll`, `focus`, `selection` or `history`. */
  isPausedBy(why) {
    return this.#pauses.has(why);
  }

  get hasOlder() {
    return Boolean(this.#below?.hasMore);
  }

  pause(why, is = true) {
    if (this.#pauses.has(why) === is) return;
    if (is) this.#pauses.add(why);
    else this.#pauses.delete(why);
    this.#goOn();
  }

  resume() {
    this.#pauses.clear();
    this.#goOn();
  }

  /** Adds those behind the oldest. The newest make room for them, and the feed is paused until it is resumed. */
  async older() {
    if (this.isAskingOlder || !this.hasOlder) return;
    this.isAskingOlder = true;
    this.olderProblem = null;
    this.host.requestUpdate();
    const { filters } = this;
    try {
      const found = await this.#below.before(this.entries.findLast(entry => entry.seq)?.raw);
      if (filters === this.filters) this.#append(found.map(known));
    } catch (problem) {
      this.olderProblem = problem;
    }
    this.isAskingOlder = false;
    this.#goOn();
  }

  #append(found) {
    this.entries = [...this.entries, ...found];
    if (this.entries.length <= MOST) return;
    this.entries = this.entries.slice(-MOST);
    this.#isSliding = true;
    this.pause('history');
  }

  #goOn() {
    if (!this.isPaused && this.#isSliding) this.open(this.filters);
    else this.#schedule();
    this.host.requestUpdate();
  }

  #hear(kind, data, isFresh) {
    if (kind === 'audit') return this.#take(data);
    if (kind === 'hello' && isFresh) this.#begin(data.from);
    if (kind === 'heartbeat') this.head = data.head;
    if (kind === 'gap') {
      this.#line('gap', data);
      this.#lastSeq = data.to;
    }
    if (kind === 'bye') this.#line('bye', data);
    if (kind === 'reset') this.#beginAnew();
    this.host.requestUpdate();
  }

  #take(event) {
    if (event.seq <= this.#lastSeq) {
      this.repeated += 1;
      return;
    }
    // Without a filter each number comes, or a gap says that it does not.
    if (this.#isUnfiltered() && event.seq > this.#lastSeq + 1) {
      this.missed += event.seq - this.#lastSeq - 1;
      this.#line('gap', { from: this.#lastSeq + 1, to: event.seq - 1, reason: 'unknown' });
    }
    this.#lastSeq = event.seq;
    this.head = Math.max(this.head ?? 0, event.seq);
    this.received += 1;
    this.#arrive(known(event));
  }

  #isUnfiltered() {
    return Object.values(this.filters).every(value => !value);
  }

  #line(line, data) {
    this.#lines += 1;
    this.#arrive({ line, data, at: now(), key: `line ${this.#lines}` });
  }

  #arrive(entry) {
    this.#arrived.push(entry);
    if (this.#arrived.length > 2 * MOST) this.#skipped += this.#arrived.splice(0, MOST).length;
    this.#schedule();
  }

  /** The log is another one, so what was shown of the former is not in it any more. */
  #beginAnew() {
    this.open(this.filters);
    this.#line('reset', {});
  }

  /** Asks for what was before the stream; all behind that place comes by itself, so nothing falls between the two. */
  async #begin(from) {
    this.#lastSeq = from === Infinity ? 0 : from;
    const { filters } = this;
    try {
      const page = await this.#below.newest();
      if (filters !== this.filters) return;
      this.head = Math.max(this.head ?? 0, page.head_seq);
      this.entries = page.items.filter(event => event.seq <= from).map(known);
      this.problem = null;
      this.isReady = true;
      this.#schedule();
    } catch (problem) {
      if (filters !== this.filters) return;
      this.problem = problem;
      if (this.stream.state === 'live') this.again = setTimeout(() => filters === this.filters && !this.isReady && this.#begin(from), AGAIN_MS);
    }
    this.host.requestUpdate();
  }

  #streamChanged() {
    // The log can be read without the stream, such as while there are too many.
    if (this.stream.state === 'refused' && this.stream.place === null && !this.isReady) this.#begin(Infinity);
    this.host.requestUpdate();
  }

  #schedule() {
    if (this.timer || !this.isReady) return;
    const pause = this.#arrived.length > AT_ONCE ? LOT_MS : FRAME_MS;
    const rest = pause - (performance.now() - (this.shownAt ?? 0));
    this.timer = setTimeout(() => {
      this.frame = requestAnimationFrame(() => this.#show());
    }, Math.max(0, rest));
  }

  #show() {
    this.timer = null;
    this.shownAt = performance.now();
    if (this.isPaused || this.isAskingOlder) this.waiting = this.#skipped + this.#arrived.filter(entry => entry.seq).length;
    else this.#insert();
    this.host.requestUpdate();
  }

  #insert() {
    const lot = this.#arrived.splice(0, AT_ONCE).reverse();
    if (this.#skipped) this.#below.cut();
    this.entries = this.#skipped ? lot : [...lot, ...this.entries];
    this.#skipped = 0;
    this.waiting = 0;
    if (this.entries.length > MOST) {
      const all = this.entries.length;
      this.entries = this.thin(this.entries, MOST);
      this.isThinned ||= this.entries.length < all;
    }
    if (this.entries.length > MOST) {
      this.entries = this.entries.slice(0, MOST);
      this.#below.cut();
    }
    this.shown(lot);
    if (this.#arrived.length) this.#schedule();
  }
}
