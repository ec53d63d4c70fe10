import { html, nothing } from 'lit';
import { ago, moment } from './ago.js';
import { get, readiness } from './api.js';
import { checkRow } from './check.js';
import { Doctor } from './doctor.js';
import { capital, known } from './event-words.js';
import { Part } from './element.js';
import { number, percent, plural, words } from './format.js';
import { heartbeats } from './heartbeats.js';
import { Keys, rowKeys } from './keys.js';
import { Poll } from './poll.js';
import { byCategory, causes, nameOf, statusOf } from './report.js';
import { notReady } from './readiness.js';
import { Routed, follow, route } from './route.js';
import { badge, mark, statusWord } from './status.js';
import { empty, failure, loading, shown } from './states.js';

/** What is the matter, in one look: the verdict, its causes, and what else happens. */
class Overview extends Part {
  static properties = { notice: { state: true } };

  constructor() {
    super();
    this.notice = null;
    new Routed(this);
    this.doctor = new Doctor(this);
    this.ready = new Poll(this, signal => readiness({ signal }), 5000);
    this.ready.longestMs = 10_000;
    this.summary = new Poll(this, signal => get('/summary', {}, { signal }), 10_000);
    this.events = new Poll(this, signal => get('/audit/events', { limit: 8 }, { signal }), 10_000);
    this.storms = new Poll(this, signal => get('/audit/storms', { open: true, limit: 20 }, { signal }), 10_000);
    new Keys(this, {
      ...rowKeys(this),
      v: () => { this.#run(); },
    });
  }

  render() {
    return html`
      <h1 class="sr">Overview</h1>
      ${this.#verdict()}
      ${this.#tiles()}
      <div class="columns">
        <div class="stack">
          <section aria-labelledby="attention-title" class="panel">
            <header><h2 id="attention-title">Needs attention</h2>${this.#more('checks', 'All checks')}</header>
            ${shown(this.doctor, 6, 'the checks', report => this.#attention(report))}
          </section>
          <section aria-labelledby="areas-title" class="panel">
            <header><h2 id="areas-title">Checks by area</h2></header>
            ${shown(this.doctor, 8, 'the checks', areas)}
          </section>
          ${heartbeats(this.doctor.data)}
        </div>
        <div class="stack">
          <section aria-labelledby="worst-title" class="panel">
            <header><h2 id="worst-title">Integrations</h2>${this.#more('integrations', 'All integrations')}</header>
            ${shown(this.summary, 3, 'the integrations', summary => this.#integrations(summary))}
          </section>
          <section aria-labelledby="events-title" class="panel">
            <header><h2 id="events-title">Latest audit events</h2>${this.#more('audit', 'The live feed')}</header>
            ${shown(this.events, 6, 'the audit events', page => this.#latest(page))}
          </section>
        </div>
      </div>
      ${links()}`;
  }

  #more(view, text) {
    return html`<a href=${route.link({ view }, { fresh: true })} @click=${follow}>${text}</a>`;
  }

  #verdict() {
    const report = this.doctor.data;
    if (!report) return this.doctor.error ? failure(this.doctor.error, () => this.doctor.refresh()) : html`<section class="verdict"><span class="mark"></span><div class="verdict-text">${loading(2, 'the doctor')}</div><button class="primary" disabled>Run now</button></section>`;
    const isStale = this.ready.isStale || this.doctor.isStale;
    const failing = this.#failing();
    const status = isStale ? 'unknown' : this.ready.data?.ready === false ? 'fail' : failing && report.status === 'pass' ? 'warn' : report.status;
    return html`<section class="verdict ${status}" aria-labelledby="verdict-title">
      ${mark(status)}
      <div class="verdict-text" role="status">
        <h2 id="verdict-title">${isStale ? 'Not known: the server does not answer' : title(report, this.ready.data, failing)}</h2>
        <p class="faint">${counts(report.summary)} · <span>ran ${ago(report.generated_at)}</span> · ${report.service.name} ${report.service.version}</p>
      </div>
      <button class="primary" @click=${this.#run} ?disabled=${this.doctor.isRunning} title="Run all checks now (v)">${this.doctor.isRunning ? 'Running…' : 'Run now'}</button>
    </section>
    ${this.notice ? html`<p class="notice warn" role="alert">${this.notice}</p>` : nothing}`;
  }

  #tiles() {
    const summary = this.summary.data;
    const report = this.doctor.data;
    return html`<ul class="tiles">
      ${this.#tile('Readiness', ...this.#readiness())}
      ${this.#tile('Integrations', summary && figure(summary.integrations), summary && (summary.integrations.total ? percent(summary.uptime_24h.ratio) + ' up in 24 h' : 'none configured'), this.summary, 'integrations')}
      ${this.#tile('Open incidents', summary && alarming(summary.incidents.open, 'fail'), summary && newest(summary.incidents), this.summary, 'incidents')}
      ${this.#tile('Storms', this.storms.data && alarming(this.storms.data.items.length, 'warn', this.storms.data.next_cursor ? '+' : ''), this.storms.data && ([...new Set(this.storms.data.items.map(storm => words(storm.kind)))].join(', ') || 'quiet'), this.storms, 'audit')}
      ${this.#tile('Audit events', this.events.data && number(this.events.data.head_seq), this.events.data && html`${this.events.data.items[0] ? html`sealed so far, last ${ago(this.events.data.items[0].time)}` : 'none yet'}`, this.events, 'audit')}
      ${report ? figures(report).map(({ name, value, unit }) => html`<li class="tile"><span class="tile-name">${name}</span><b>${number(value)}</b><span class="faint">${unit}</span></li>`) : nothing}
    </ul>`;
  }

  #readiness() {
    const answer = this.ready.data;
    if (!answer) return [null, null, this.ready];
    const reasons = (answer.reasons ?? []).map(words).join(', ');
    return [badge(answer.ready ? answer.status : 'fail', answer.ready ? 'ready' : 'not ready'), reasons || 'takes tasks', this.ready];
  }

  #tile(name, value, text, poll, view) {
    const shownValue = value ?? (poll?.error ? html`<span class="faint">–</span>` : html`<span class="bone short"></span>`);
    const why = poll?.error?.isStoreDown ? 'store down' : 'not known';
    const shownText = poll?.isStale ? html`${ago(poll.at, ' old')}` : poll?.error && !poll.data ? why : text ?? nothing;
    const inside = html`<span class="tile-name">${name}</span><b>${shownValue}</b><span class="faint">${shownText}</span>`;
    return html`<li class="tile">${view ? html`<a href=${route.link({ view }, { fresh: true })} @click=${follow}>${inside}</a>` : inside}</li>`;
  }

  #attention(report) {
    const found = causes(report.checks);
    if (!found.length && this.ready.data?.ready === false) return html`<p class="calm">${mark('unknown')} No check has found the cause yet; they are looked at again.</p>`;
    if (!found.length) return this.#calm(report.summary);
    return html`<div class="causes" @koda-open=${event => route.go({ open: event.detail }, { replace: true })}>${found.map(({ check, affected }) => html`<div class="cause">
      ${checkRow(check, route.get('open') === nameOf(check))}
      ${affected.length ? html`<p class="affected">${mark('not_run')}<span>${plural(affected.length, 'check')} not run because of it:
        ${affected.map((one, i) => html`${i ? ', ' : ''}<code>${nameOf(one)}</code>`)}</span></p>` : nothing}
    </div>`)}</div>`;
  }

  /** As far as that is known now. */
  #failing() {
    return this.summary.error ? 0 : this.summary.data?.integrations.fail ?? 0;
  }

  /** No check does; integrations and storms are none. */
  #calm(counted) {
    const checks = counted.pass === 1 ? 'the one check passes' : `all ${number(counted.pass)} checks pass`;
    const failing = this.#failing();
    const storms = this.storms.error ? 0 : this.storms.data?.items.length ?? 0;
    if (!failing && !storms) return html`<p class="calm">${mark('pass')} Nothing does: ${checks}.</p>`;
    return html`<ul class="lines attention">
      ${failing ? html`<li>${mark('fail')}<a href=${route.link({ view: 'integrations', state: 'failing' }, { fresh: true })} @click=${follow}>${plural(failing, 'integration')} ${failing === 1 ? 'fails' : 'fail'}</a></li>` : nothing}
      ${storms ? html`<li>${mark('warn')}<a href=${route.link({ view: 'audit' }, { fresh: true })} @click=${follow}>${storms === 1 ? 'a storm of audit events' : `${number(storms)} storms of audit events`}</a></li>` : nothing}
      <li>${mark('pass')}<span>Of the checks nothing does: ${checks}.</span></li></ul>`;
  }

  #integrations(summary) {
    if (!summary.integrations.total) {
      return empty('Nothing is verified yet', 'Add a provider key to the settings, or checks to koda.yaml, and their history builds up here.', html`<code>koda init</code>`);
    }
    if (!summary.worst.length) {
      const { total } = summary.integrations;
      return html`<p class="calm">${mark('pass')} ${total === 1 ? 'The one that is verified works' : `All ${number(total)} that are verified work`}.</p>`;
    }
    return html`<ul class="lines">${summary.worst.slice(0, 6).map(one => html`<li>${mark(one.status)}<span class="sr">${statusWord(one.status)}: </span>
      <a href=${route.link({ view: 'integrations', id: one.id }, { fresh: true })} @click=${follow}><bdi>${one.name}</bdi></a>
      <span class="faint clip"><bdi>${one.status === 'pass' ? percent(one.uptime['7d'].ratio) + ' in 7 d' : words(one.last?.reason) || one.last?.message || ''}</bdi></span>
      <span class="faint">${ago(one.verified_at)}</span></li>`)}</ul>`;
  }

  #latest(page) {
    if (!page.items.length) return empty('No audit events yet', 'Logins, lockouts, configuration changes and what Koda reports appear here as they happen.');
    return html`<ul class="lines">${page.items.map(known).map(event => html`<li class="severity-${event.severity}"><span class="faint">${Number.isNaN(event.at) ? nothing : moment(new Date(event.at).toISOString())}</span>
      <a href=${route.link({ view: 'audit', event: event.id ?? event.seq }, { fresh: true })} @click=${follow}>${event.title}</a>
      <bdi class="faint clip">${[event.actor, event.source].filter(Boolean).join(' · ')}</bdi></li>`)}</ul>`;
  }

  #run = async () => {
    const problem = await this.doctor.run();
    this.notice = problem ? problem.message : null;
    this.ready.refresh();
  };
}

function title(report, ready, failing) {
  if (ready?.ready === false) return notReady(ready);
  const ofIntegrations = failing ? `${plural(failing, 'integration')} ${failing === 1 ? 'fails' : 'fail'}` : '';
  if (report.status === 'pass') return ofIntegrations ? `${capital(ofIntegrations)}, all checks pass` : 'Everything passes';
  return [capital(report.message), ofIntegrations].filter(Boolean).join('; ');
}

function counts(summary) {
  const own = summary.warn - summary.not_run;
  return [
    summary.fail ? plural(summary.fail, 'failure') : null,
    own ? plural(own, 'warning') : null,
    summary.not_run ? `${number(summary.not_run)} not run` : null,
    `${number(summary.pass)} pass`,
    summary.skipped ? `${number(summary.skipped)} skipped` : null,
  ].filter(Boolean).join(', ');
}

function figure(counted) {
  if (!counted.total) return '0';
  return html`<span class="figures">${['fail', 'warn', 'unknown', 'pass'].filter(status => counted[status]).map(status => badge(status, html`${number(counted[status])}<span class="sr"> ${statusWord(status)}</span>`))}</span>`;
}

function alarming(count, status, more = '') {
  return count ? badge(status, number(count) + more) : '0';
}

function newest(incidents) {
  if (!incidents.open) return 'none';
  const last = incidents.items.reduce((one, other) => (one.opened_at > other.opened_at ? one : other), incidents.items[0]);
  return last ? html`newest ${ago(last.opened_at)}` : nothing;
}

/** What the checks of the runtime measured: its queue and its like. How fast our own probe answers is none of it. */
function figures(report) {
  return report.checks.filter(check => check.category === 'runtime' && check.id !== 'runtime.readiness')
    .flatMap(check => Object.entries(check.observed ?? {}).map(([name, { value, unit }]) => ({ name: words(name), value, unit: unit ?? '' })))
    .filter(({ value }) => typeof value === 'number').slice(0, 4);
}

/** One dot a check, so that the size of an area and what is wrong in it are seen at once. */
function areas(report) {
  return html`<ul class="areas">${byCategory(report.checks).map(({ category, checks, status }) => html`<li>
    <a href=${route.link({ view: 'checks', q: category }, { fresh: true })} @click=${follow}>${words(category).replace('-', ' ')}</a>
    <span class="dots" role="img" aria-label=${spoken(checks)}>${checks.map(check => mark(statusOf(check)))}</span>
    ${badge(status, number(checks.length))}</li>`)}</ul>`;
}

function spoken(checks) {
  const counted = Object.entries(Object.groupBy(checks, statusOf)).map(([status, ones]) => `${ones.length} ${statusWord(status)}`);
  return counted.join(', ');
}

/** The rest of what an operator opens in an incident. */
function links() {
  const grafana = document.querySelector('meta[name=koda-grafana]').content;
  return html`<footer class="links faint">
    ${grafana ? html`<a href=${grafana}>Grafana</a>` : nothing}
    <a href="/metrics">Metrics</a>
    <a href="/api/operations/openapi.json">API</a>
    <a href="/docs/runbooks">Runbooks</a>
  </footer>`;
}

customElements.define('koda-overview', Overview);
