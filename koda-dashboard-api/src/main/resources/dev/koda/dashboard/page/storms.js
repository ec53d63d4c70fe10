import { html, nothing } from 'lit';
import { get } from './api.js';
import { ago } from './ago.js';
import { textOf } from './event-words.js';
import { number, plural, span } from './format.js';
import { Poll } from './poll.js';
import { mark } from './status.js';
import { sparkline } from './sparkline.js';

const FAILED = 'security.operator_login_failed';
const NOBODY = 'unknown';
const QUIET_MS = 60_000;

/** Of each kind: its name, what its key is, and what of an event is held against the key; undefined if it is no member. */
const KINDS = {
  login_burst: { name: 'Failed logins of one account', keyOf: event => (event.type === FAILED ? event.target ?? event.actor ?? NOBODY : undefined) },
  spray: { name: 'Failed logins of many accounts from one address', keyOf: event => (event.type === FAILED ? event.source ?? NOBODY : undefined) },
  lockout_wave: { name: 'Many accounts locked out', keyOf: event => (isLockout(event) ? 'all' : undefined) },
  rejected_messages: { name: 'Rejected messages', keyOf: event => (event.type === 'security.auth_failure' ? senderOf(event) : undefined) },
  rate_limits: { name: 'Limited requests', keyOf: event => (String(event.type).endsWith('rate_limited') ? event.source ?? NOBODY : undefined) },
  silence: { name: 'Events wait to be sealed', keyOf: () => undefined },
};

function isLockout(event) {
  return event.type === 'security.lockout_started' || (event.type === FAILED && event.reason === 'locked');
}

function senderOf(event) {
  return (event.origin ? event.origin.agent : event.source) ?? NOBODY;
}

/** The storms that the server knows, and which events belong to them: asked again every few seconds. */
export class Storms extends Poll {
  #members = new WeakMap();
  #times = new Map();

  constructor(host) {
    super(host, signal => this.#ask(signal), 5000);
  }

  /** The newest, and those that go on however long ago they began. The times of all others are let go. */
  async #ask(signal) {
    const newest = await get('/audit/storms', { limit: 50 }, { signal });
    const open = newest.next_cursor ? await get('/audit/storms', { open: true, limit: 500 }, { signal }) : newest;
    const known = new Map([...newest.items, ...open.items].map(storm => [storm.id, storm]));
    this.#times.forEach((times, id) => known.has(id) || this.#times.delete(id));
    return { items: [...known.values()], isMore: Boolean(open.next_cursor) };
  }

  get open() {
    return this.data ? this.data.items.filter(storm => storm.ended_at === null) : [];
  }

  /** The storm of an event; null if it belongs to none. */
  of(event) {
    const storms = this.data?.items ?? [];
    const known = this.#members.get(event);
    if (known && (known.storm || known.storms === storms)) return known.storm && this.#now(known.storm);
    // The one that began first, so that it stays the same when others join.
    const storm = storms.findLast(one => isMember(one, event)) ?? null;
    this.#members.set(event, { storm, storms });
    if (storm) this.#note(storm, event);
    return storm;
  }

  /** When the events of a storm happened that were seen here. */
  timesOf(storm) {
    return [...(this.#times.get(storm.id)?.values() ?? [])];
  }

  #now(storm) {
    return this.data.items.find(one => one.id === storm.id) ?? storm;
  }

  /** By number, because the same event is read again with another filter. */
  #note(storm, event) {
    const times = this.#times.get(storm.id) ?? new Map();
    times.set(event.seq, event.at);
    if (times.size > 5000) times.delete(times.keys().next().value);
    this.#times.set(storm.id, times);
  }
}

function isMember(storm, event) {
  if (event.seq < storm.first_seq || (storm.ended_at !== null && event.seq > storm.last_seq)) return false;
  return KINDS[storm.kind]?.keyOf(event.raw) === storm.key;
}

export function kindOf(storm) {
  return KINDS[storm.kind]?.name ?? textOf(storm.kind);
}

/**
 * The rows of a feed: entries as they are, and in the place of the newest event of a storm one row for all of its events,
 * with them behind it if it is the open one.
 */
export function fold(entries, storms, openId) {
  const rows = [];
  const folded = new Map();
  for (const entry of entries) {
    const storm = entry.line ? null : storms.of(entry);
    if (!storm) rows.push([entry]);
    else if (folded.has(storm.id)) folded.get(storm.id).members.push(entry);
    else {
      const row = { storm, members: [entry], key: storm.id };
      folded.set(storm.id, row);
      rows.push([row]);
    }
  }
  return rows.flatMap(([row]) => (row.storm && row.storm.id === openId ? [row, ...row.members] : [row]));
}

/** Takes the oldest events of folded storms out, of which many are left, until there are as few as `most`. */
export function thinned(entries, most, storms, openId, kept = 200) {
  const members = new Map();
  const spare = new Set();
  for (const entry of entries) {
    const storm = entry.line ? null : storms.of(entry);
    if (!storm || storm.id === openId) continue;
    const count = (members.get(storm.id) ?? 0) + 1;
    members.set(storm.id, count);
    if (count > kept) spare.add(entry);
  }
  let surplus = entries.length - most;
  if (!spare.size) return entries;
  return entries.reduceRight((left, entry) => {
    if (surplus > 0 && spare.has(entry)) surplus -= 1;
    else left.push(entry);
    return left;
  }, []).reverse();
}

/** One row for all events of a storm. */
export function stormRow({ storm, members }, storms, isOpen, toggle) {
  const count = storm.events + members.filter(event => event.seq > storm.last_seq).length;
  const lasted = span((Math.max(Date.parse(storm.last_at), members[0].at) - Date.parse(storm.started_at)) / 1000);
  const times = storms.timesOf(storm);
  return html`<button class="storm-row" data-row tabindex="-1" aria-expanded=${isOpen} @click=${toggle}>
    <svg class="twist" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m5 3 6 5-6 5"></path></svg>
    ${mark('warn')}
    <span class="storm-name">${kindOf(storm)}${keyOf(storm)}</span>
    <b class="storm-count"><span aria-hidden="true">×</span>${number(count)}<span class="sr"> events</span></b>
    <span class="faint">in ${lasted}</span>
    ${times.length > 1 ? sparkline(times, `${plural(times.length, 'event')} over time`) : nothing}
    <span class="faint storm-state">${storm.ended_at === null ? (isLoud(storm, storms.at) ? 'goes on' : html`quiet for ${ago(storm.last_at, '')}`) : html`over for ${ago(storm.ended_at, '')}`}</span>
  </button>`;
}

function keyOf(storm) {
  return storm.key === 'all' ? nothing : html`: <bdi>${textOf(storm.key, 80)}</bdi>`;
}

/** One ends for the server when it has been quiet for long; whoever looks at it sees that before, as of the last answer. */
function isLoud(storm, at) {
  return storm.kind === 'silence' || at - Date.parse(storm.last_at) < QUIET_MS;
}

/** Those that go on, above all. */
export function stormBanner(storms) {
  const { open } = storms;
  if (!open.length) return nothing;
  return html`<div class="notice warn storm-banner">${mark('warn')}<b>${heading(open, storms)}</b>
    <ul>${open.slice(0, 4).map(storm => html`<li>${kindOf(storm)}${keyOf(storm)} <b>×${number(storm.events)}</b>, last ${ago(storm.last_at)}</li>`)}
    ${open.length > 4 ? html`<li>and ${number(open.length - 4)} more</li>` : nothing}</ul></div>`;
}

function heading(open, { data, at }) {
  if (!open.some(storm => isLoud(storm, at))) return open.length === 1 ? 'A storm has gone quiet' : `${number(open.length)} storms have gone quiet`;
  return open.length === 1 ? 'A storm goes on' : `${number(open.length)}${data.isMore ? ' or more' : ''} storms go on`;
}
