import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { get, post } from './api.js';
import { BarSpot } from './bar-spot.js';
import { hatching } from './bars.js';
import { Part } from './element.js';
import { plural, span } from './format.js';
import { integrationRow, legend } from './integration-row.js';
import { Keys, rowKeys } from './keys.js';
import { Nearing } from './nearing.js';
import { Poll } from './poll.js';
import { Routed, follow, route } from './route.js';
import { session } from './session.js';
import { empty, shown } from './states.js';
import './integration-detail.js';

/** How many bars a range has: buckets that the store has whole, and few enough to be told apart. */
export const RANGES = { '1h': 12, '24h': 96, '7d': 84, '30d': 60, '90d': 90 };
const NAMES = { '1h': '1 hour', '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' };
const STATES = { '': 'All', failing: 'Failing', unstable: 'Unstable', failed: 'Failed in range' };
const SORTS = { '': 'Provider', health: 'Health', latency: 'Latency', verified: 'Longest unverified', name: 'Name' };
const PAGE = 100;
/** So many rows are left out together while they are far from the screen: to look at each of a thousand holds up every frame. */
const PIECE = 25;
const MOST = 500;
/** Few rows are asked for as often as anything else; many are half a megabyte. */
const EVERY_MS = 5000;
const MANY = 200;
const MANY_EVERY_MS = 30_000;

/** Integrations as rows of bars, by provider, with what to do about them. */
class Integrations extends Part {
  static properties = { results: { state: true } };

  constructor() {
    super();
    this.results = new Map();
    this.providers = [];
    this.want = PAGE;
    this.asked = this.#question();
    this.poll = new Poll(this, signal => this.#ask(signal), EVERY_MS);
    this.barSpot = new BarSpot(this, {
      chartOf: () => this.poll.data.chart,
      itemOf: element => this.#itemOf(element),
      ask: item => get(`/integrations/${encodeURIComponent(item.id)}/history`, { range: this.range, buckets: RANGES[this.range] }),
      open: (item, bar) => this.#openBar(item, bar),
    });
    new Routed(this, () => this.#changed());
    new Keys(this, {
      ...rowKeys(this),
      v: () => this.#verifyFocused(),
    });
    new Nearing(this, '.more', () => this.#more());
  }

  get range() {
    return Object.hasOwn(RANGES, route.get('range')) ? route.get('range') : '24h';
  }

  #question() {
    return ['range', 'state', 'provider', 'q', 'sort'].map(name => route.get(name)).join('\n');
  }

  #changed() {
    const asked = this.#question();
    if (asked === this.asked) return;
    this.asked = asked;
    this.want = PAGE;
    this.barSpot.forget();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.poll.refresh({ fresh: true }), 150);
  }

  /** All rows that are shown, in as few requests as there can be. */
  async #ask(signal) {
    let all = { items: [], next: null };
    do all = await this.#andNext(all, Math.min(MOST, this.want - all.items.length), signal);
    while (all.next && all.items.length < this.want);
    this.poll.everyMs = all.items.length > MANY ? MANY_EVERY_MS : EVERY_MS;
    return all;
  }

  /** What is there already, and the rows that follow. */
  async #andNext(known, limit, signal) {
    const page = await get('/integrations', {
      range: this.range, bars: RANGES[this.range], sort: route.get('sort') || 'provider',
      state: route.get('state'), provider: route.get('provider'), q: route.get('q').trim().slice(0, 200), limit, cursor: known.next,
    }, { signal });
    this.providers = page.providers;
    return { items: [...known.items, ...page.items], next: page.next_cursor, chart: { from: Date.parse(page.bars_from), seconds: page.bar_seconds } };
  }

  /** Adds the next rows. The poll that comes next asks for these, too, and so does one at once if the bars have moved on meanwhile. */
  async #more() {
    const { poll } = this;
    const known = poll.data;
    if (!known?.next || poll.error || this.wanted === known) return;
    this.wanted = known;
    try {
      const all = await this.#andNext(known, PAGE);
      // The poll was quicker: it asks for as many the next time.
      if (poll.data !== known) {
        this.want += PAGE;
        return;
      }
      this.want = all.items.length;
      if (all.chart.from !== known.chart.from) return poll.refresh();
      poll.data = all;
    } catch (problem) {
      if (poll.data === known) poll.error ??= problem;
    }
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.typing);
  }

  render() {
    return html`<section class="panel">
      ${hatching()}
      <header class="view-head">
        <h1>Integrations</h1>
        <div class="range" role="group" aria-label="Range">${Object.keys(RANGES).map(range => html`
          <button aria-pressed=${this.range === range} title="The last ${NAMES[range]}" @click=${() => route.go({ range: range === '24h' ? '' : range })}>${range}</button>`)}</div>
        <div class="filters" role="group" aria-label="Which integrations">${Object.entries(STATES).map(([state, name]) => html`
          <button class="chip" aria-pressed=${route.get('state') === state} @click=${() => route.go({ state })}>${name}</button>`)}</div>
        <label class="search"><span class="sr">Search by name or id</span><input type="search" maxlength="200" placeholder="Search  /" .value=${route.get('q')}
          @input=${event => route.go({ q: event.target.value }, { replace: true })}></label>
      </header>
      <div class="int-tools">
        <label>Sort ${this.#choice('sort', Object.entries(SORTS))}</label>
        <label>Provider ${this.#choice('provider', [['', 'all'], ...[...this.#providers()].map(name => [name, name.slice(0, 60)])])}</label>
        <span class="count faint small" role="status">${this.#count()}</span>
      </div>
      ${shown(this.poll, 12, 'the integrations', data => this.#table(data))}
      <div class="bar-tip" role="status" hidden></div>
      ${this.#detail()}
    </section>`;
  }

  #choice(name, choices) {
    return html`<select @change=${event => route.go({ [name]: event.target.value })}>${choices.map(([value, text]) => html`
      <option value=${value} ?selected=${route.get(name) === value}>${text}</option>`)}</select>`;
  }

  #providers() {
    const chosen = route.get('provider');
    return new Set([...this.providers, ...(chosen ? [chosen] : [])].sort((one, other) => one.localeCompare(other)));
  }

  #count() {
    const data = this.poll.data;
    if (!data) return nothing;
    return data.next ? `the first ${plural(data.items.length, 'integration')}` : plural(data.items.length, 'integration');
  }

  #table(data) {
    if (!data.items.length) return this.#nothing();
    const isGrouped = !route.get('sort') && data.items.some((item, i) => i && item.provider === data.items[i - 1].provider);
    return html`<div class="int-head" aria-hidden="true"><span>Integration</span>
        <span class="ends"><span>${NAMES[this.range]} ago</span><span>${span(data.chart.seconds)} a bar</span><span>now</span></span>
        <span class="number">Uptime</span><span class="number">p50 / p95</span><span>Last verified</span><span></span></div>
      <div class="int-lists" @click=${this.barSpot.clicked} @keydown=${this.barSpot.pressed} @pointermove=${this.barSpot.moved} @pointerleave=${this.barSpot.left} @focusout=${this.barSpot.left}>
        ${pieces(data.items.length).map(piece => html`<ul class="int-list">${data.items.slice(piece, piece + PIECE).map((item, k) => html`
          ${isGrouped && item.provider !== data.items[piece + k - 1]?.provider ? html`<li class="int-group"><bdi class="clip">${item.provider}</bdi></li>` : nothing}
          ${this.#row(item, piece + k, data.chart)}`)}</ul>`)}
      </div>
      ${data.next ? html`<button class="more" @click=${() => this.#more()}>Show more</button>` : nothing}
      ${legend()}`;
  }

  /** Most rows are the same at the next answer, and are left alone then. */
  #row(item, i, chart) {
    const own = this.results.get(item.id);
    return guard([JSON.stringify(item), i, chart.from, chart.seconds, own, session.may('operator'), location.search],
      () => integrationRow(item, i, { chart, range: NAMES[this.range], own, verify: () => this.#verify(item.id) }));
  }

  #nothing() {
    const isFiltered = ['state', 'provider', 'q'].some(name => route.get(name));
    return isFiltered
      ? empty('No integration matches', 'Nothing here is like that in this range.',
        html`<button @click=${() => route.go({ state: '', provider: '', q: '' })}>Show all</button>`)
      : empty('Nothing is verified yet', 'Add a provider key to the settings, or checks to koda.yaml. Each is then verified on a schedule, and its history builds up here.', html`<code>koda init</code>`);
  }

  async #verify(id) {
    if (this.results.get(id)?.isRunning) return;
    this.#put(id, { isRunning: true });
    let state;
    try {
      state = { result: await post(`/integrations/${encodeURIComponent(id)}/verify`, undefined, { seconds: 60 }) };
      this.poll.refresh();
      this.querySelector('koda-integration')?.poll.refresh();
    } catch (problem) {
      state = { problem: problem.message };
    }
    this.#put(id, state);
    setTimeout(() => this.results.get(id) === state && this.#put(id, null), 15_000);
  }

  #put(id, state) {
    this.results = new Map(this.results);
    if (state) this.results.set(id, state);
    else this.results.delete(id);
  }

  #verifyFocused() {
    const item = this.#itemOf(document.activeElement);
    if (!item || !session.may('operator')) return false;
    this.#verify(item.id);
    return true;
  }

  #itemOf(element) {
    const row = element?.closest?.('.int-row');
    return row && this.contains(row) ? this.poll.data?.items[Number(row.dataset.index)] : null;
  }

  #openBar(item, bar) {
    const { from, seconds } = this.poll.data.chart;
    route.go({ id: item.id, at: new Date(from + bar * seconds * 1000).toISOString(), width: seconds });
  }

  #detail() {
    const id = route.get('id');
    if (!id) return nothing;
    // Anybody may have written the address.
    const chosen = Number.isNaN(Date.parse(route.get('at'))) ? 0 : Math.min(86_400 * 366, Math.max(0, Number(route.get('width')) || 0));
    return html`<koda-integration .identity=${id} .range=${this.range} .bars=${RANGES[this.range]} .bar=${chosen ? route.get('at') : ''} .seconds=${chosen}
      @close=${() => route.go({ id: '', at: '', width: '' })}></koda-integration>`;
  }
}

function pieces(rows) {
  return Array.from({ length: Math.ceil(rows / PIECE) }, (_, i) => i * PIECE);
}

customElements.define('koda-integrations', Integrations);
