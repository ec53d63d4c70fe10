import { html, nothing } from 'lit';
import { ago, moment } from './ago.js';
import { get } from './api.js';
import { bars } from './bars.js';
import { drawer } from './drawer.js';
import { Part } from './element.js';
import { clock, latency, percent, plural, span, words } from './format.js';
import { latencyChart } from './latency-chart.js';
import { Poll } from './poll.js';
import { runbook } from './runbooks.js';
import { badge, mark } from './status.js';
import { bucketStatus, slotsOf } from './strip.js';
import { shown } from './states.js';
import { Verifications } from './verifications.js';

const EVERY_MS = 10_000;
const LETTERS = { pass: 'p', warn: 'w', fail: 'f', unknown: 'u' };

/** One integration in full. `identity` is its id; with `bar` and `seconds` its verifications are those of that bar. */
class IntegrationDetail extends Part {
  static properties = { identity: {}, range: {}, bars: {}, bar: {}, seconds: {} };

  constructor() {
    super();
    this.poll = new Poll(this, signal => this.#ask(signal), EVERY_MS);
  }

  async #ask(signal) {
    this.verifications ??= new Verifications(this.identity, this.bar ? this.#barSpan() : null);
    this.verifications.refresh().then(() => this.requestUpdate());
    const path = `/integrations/${encodeURIComponent(this.identity)}`;
    const [history, incidents] = await Promise.all([
      get(path + '/history', { range: this.range, buckets: this.bars }, { signal }),
      get('/incidents', { integration: this.identity, range: this.range, limit: 20 }, { signal }),
    ]);
    return { history, incidents };
  }

  #barSpan() {
    const from = Date.parse(this.bar);
    return { from, to: from + this.seconds * 1000 };
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  #forget() {
    this.verifications?.close();
    this.verifications = null;
  }

  /** What is known of one integration or range is nothing of another. */
  willUpdate(changed) {
    if (!this.hasUpdated) return;
    const isOther = changed.has('identity') || changed.has('bar') || changed.has('seconds');
    if (isOther) this.#forget();
    if (changed.has('identity') || changed.has('range')) this.poll.refresh({ fresh: true });
    else if (isOther) this.poll.refresh();
  }

  render() {
    const name = this.poll.data?.history.subject.name ?? this.identity;
    const close = () => this.dispatchEvent(new Event('close'));
    return drawer(name.slice(0, 80), html`<div class="detail stack">${shown(this.poll, 12, 'the integration', data => this.#content(data))}</div>`, close);
  }

  #content({ history, incidents }) {
    const { subject } = history;
    return html`
      <h2><bdi>${subject.name.slice(0, 300)}</bdi></h2>
      <p>${badge(subject.status)} <span class="faint">${subject.since ? html`for ${ago(subject.since, '')}` : 'not verified yet'}
        · ${percent(history.uptime.ratio)} up in ${this.range} · verified every ${span(subject.every_seconds)}</span></p>
      ${subject.last?.message && subject.status !== 'pass' ? html`<p class="notice ${subject.status === 'fail' ? 'fail' : 'warn'}"><bdi>${subject.last.message}</bdi>${subject.status === 'fail' ? html` (${runbook('KodaIntegrationFailing')})` : nothing}</p>` : nothing}
      ${this.#bars(history)}
      ${latencyChart(history)}
      ${this.#table(history)}
      ${this.#marks(history)}
      ${this.#incidents(incidents.items)}
      ${this.#verifications()}
      <p class="faint facts"><code>${subject.id}</code> · <bdi>${subject.provider}</bdi> · declared in ${subject.origin}</p>`;
  }

  #bars(history) {
    const seconds = history.bucket_seconds;
    const slots = slotsOf(history);
    const from = slots[0].at;
    const letters = slots.map(slot => LETTERS[bucketStatus(slot.bucket)]).join('');
    const chosen = this.bar ? Math.round((Date.parse(this.bar) - from) / 1000 / seconds) : null;
    return html`<div><div class="bars-place" role="img" aria-label="${plural(history.buckets.filter(bucket => bucket.fail).length, 'bar')} with failures">
        ${bars(letters, history.marks, { from, seconds, active: chosen })}</div>
      <p class="strip-ends faint"><span>${this.range} ago</span><span>now</span></p></div>`;
  }

  #table(history) {
    return html`<details><summary>View as table</summary><div class="table-scroll" tabindex="0" role="region" aria-label="Buckets"><table class="table">
      <thead><tr><th scope="col">From</th><th scope="col">Pass</th><th scope="col">Warn</th><th scope="col">Fail</th><th scope="col">Unknown</th><th scope="col">p50</th><th scope="col">p95</th></tr></thead>
      <tbody>${[...history.buckets].reverse().map(bucket => html`<tr><td>${moment(bucket.start)}</td><td>${bucket.pass}</td><td>${bucket.warn}</td>
        <td>${bucket.fail}</td><td>${bucket.unknown}</td><td>${latency(bucket.p50_ms)}</td><td>${latency(bucket.p95_ms)}</td></tr>`)}</tbody></table></div></details>`;
  }

  #marks(history) {
    if (!history.marks.length) return nothing;
    return html`<section><h3>What happened</h3><ul class="lines marks">${history.marks.slice(0, 20).map(one => html`<li>
      <b>${words(one.kind)}</b>${moment(one.at)}<span><bdi>${one.text}</bdi>${one.kind === 'rotation' ? this.#rotation(history, one) : nothing}</span></li>`)}</ul></section>`;
  }

  /** Which credential it was before and after, and whether that is when failures began. */
  #rotation(history, rotation) {
    const at = Date.parse(rotation.at);
    const known = (this.verifications.items ?? []).filter(one => one.credential_fingerprint);
    const after = known.filter(one => Date.parse(one.started_at) >= at).at(-1);
    const before = known.find(one => Date.parse(one.started_at) < at);
    const broke = history.intervals.some(one => one.status === 'fail' && Math.abs(Date.parse(one.since) - at) < 1000);
    return html`${before && after ? html`: until then <code>${before.credential_fingerprint.slice(0, 8)}</code>, since then <code>${after.credential_fingerprint.slice(0, 8)}</code>` : nothing}
      ${broke ? html`<br><span class="badge fail">Failures begin with it</span>` : nothing}`;
  }

  #incidents(items) {
    return html`<section><h3>Incidents</h3>${items.length ? html`<ul class="lines">${items.map(one => html`<li>
      ${mark(one.closed_at ? 'warn' : 'fail')}${moment(one.opened_at)}<bdi class="clip" title=${one.message ?? ''}>${words(one.reason) || one.message}</bdi>
      <span class="faint">${one.closed_at ? span(one.lasted_seconds) : 'open'} · ${plural(one.failures, 'failure')}</span></li>`)}</ul>` : html`<p class="faint">None in ${this.range}.</p>`}</section>`;
  }

  #verifications() {
    const { items, next, problem } = this.verifications;
    const title = this.bar ? `Verifications from ${clock(this.bar)}, for ${span(this.seconds)}` : 'Verifications';
    return html`<section aria-busy=${!items && !problem}><h3>${title}</h3>
      ${problem ? html`<p class="notice warn">${problem.message}</p>` : nothing}
      ${items && !items.length ? html`<p class="faint">None is kept. Single verifications are for seven days; bars stay.</p>` : nothing}
      ${items?.length ? html`<div class="table-scroll" tabindex="0" role="region" aria-label="Verifications"><table class="table">
        <thead><tr><th scope="col">At</th><th scope="col">Result</th><th scope="col">Took</th><th scope="col">Why</th></tr></thead>
        <tbody>${items.map(one => html`<tr><td>${moment(one.started_at)}</td><td>${badge(one.status)}</td><td>${latency(one.latency_ms)}</td>
          <td><bdi>${one.message ?? words(one.reason)}</bdi></td></tr>`)}</tbody></table></div>` : nothing}
      ${next ? html`<button @click=${this.#older}>Show more</button>` : nothing}</section>`;
  }

  #older = async () => {
    await this.verifications.older();
    this.requestUpdate();
  };
}

customElements.define('koda-integration', IntegrationDetail);
