import { html, nothing } from 'lit';
import { ago } from './ago.js';
import { get } from './api.js';
import { Part } from './element.js';
import { latency, number, short, words } from './format.js';
import { nameOf, statusOf } from './report.js';
import { checkRunbook } from './runbooks.js';
import { mark, statusWord } from './status.js';
import { strip } from './strip.js';

const HISTORY_MS = 60_000;
/** What is not known yet may be soon. */
const AGAIN_MS = 5000;

const UNITS = { milliseconds: 'ms', seconds: 's', bytes: 'bytes', percent: '%', ratio: '' };

/** One result of the doctor: a line that opens into what was measured, what to do, and how it went before. */
class Check extends Part {
  static properties = { check: { attribute: false }, isOpen: { type: Boolean }, history: { state: true } };

  render() {
    const { check } = this;
    const status = statusOf(check);
    return html`<details class="check ${status}" data-check=${nameOf(check)} ?open=${this.isOpen} @toggle=${this.#toggled}>
      <summary data-row>
        ${mark(status)}<span class="sr">${statusWord(status)}: </span>
        <span class="check-title"><bdi>${short(check.title, 200)}</bdi>${check.instance ? html` <bdi class="instance">${check.instance}</bdi>` : nothing}</span>
        <bdi class="check-message">${check.message}</bdi>
        <span class="check-age faint">${ago(Date.parse(check.started_at))}</span>
      </summary>
      ${this.isOpen ? this.#details(check) : nothing}
    </details>`;
  }

  #details(check) {
    return html`<div class="check-details">
      <p class="check-full"><bdi>${check.message}</bdi></p>
      ${check.root_cause ? html`<p class="faint">Not run because <code>${check.root_cause}</code> failed.</p>` : nothing}
      ${check.hint ? html`<p class="hint"><b>What to do</b> <bdi>${check.hint}</bdi></p>` : nothing}
      ${check.command ? html`<pre class="command"><code>${check.command}</code></pre>` : nothing}
      ${this.#measured(check)}
      ${this.#before()}
      <p class="faint facts">
        <code>${nameOf(check)}</code>${check.reason ? html` · ${words(check.reason)}` : nothing} · took ${latency(check.took_ms)}
        · ${statusWord(statusOf(check))} for ${ago(check.since, '')}
        ${check.docs?.startsWith('docs/checks.md') ? html`· <a href="/docs/checks/${encodeURIComponent(check.id)}" target="_blank" rel="noreferrer">what this check asks</a>` : nothing}${checkRunbook(check)}
      </p>
    </div>`;
  }

  #measured(check) {
    const values = Object.entries(check.observed ?? {});
    if (!values.length) return nothing;
    return html`<dl class="measured">${values.map(([name, { value, unit }]) => html`<div>
      <dt>${words(name)}</dt><dd>${quantity(value, unit)}${limits(check, name)}</dd></div>`)}</dl>`;
  }

  #before() {
    if (!this.history) return html`<div class="strip-place" role="status" aria-label="Loading the last 24 hours"></div>`;
    if (this.history.error?.status === 404) return html`<p class="faint">Nothing is known of the last 24 hours yet; they build up from now on.</p>`;
    if (this.history.error) return html`<p class="faint">The last 24 hours cannot be shown: ${this.history.error.message}</p>`;
    return html`<div class="strip-place">${strip(this.history, '24 hours')}</div>`;
  }

  #toggled(event) {
    const isOpen = event.target.open;
    if (isOpen === Boolean(this.isOpen)) return;
    this.isOpen = isOpen;
    this.dispatchEvent(new CustomEvent('koda-open', { detail: isOpen ? nameOf(this.check) : null, bubbles: true }));
  }

  updated() {
    const pause = this.history?.error ? AGAIN_MS : HISTORY_MS;
    const isDue = this.asked !== nameOf(this.check) || performance.now() - this.askedAt > pause;
    if (this.isOpen && isDue) this.#askHistory();
  }

  /** Elements are used again for other checks: an answer that comes late is not for the present one. */
  async #askHistory() {
    const name = nameOf(this.check);
    if (this.asked !== name) this.history = null;
    this.asked = name;
    this.askedAt = performance.now();
    const history = await get('/doctor/history', { check: name, range: '24h', buckets: 96 }).catch(error => ({ error }));
    if (this.asked === name) this.history = history;
  }
}

function quantity(value, unit) {
  const shown = typeof value === 'number' ? number(value) : String(value);
  return `${shown}\u202f${UNITS[unit] ?? unit ?? ''}`;
}

function limits(check, name) {
  const limit = (check.thresholds ?? []).find(threshold => threshold.of === name);
  if (!limit) return nothing;
  const parts = ['warn', 'fail'].filter(level => limit[level] !== undefined)
    .map(level => `${level === 'warn' ? 'warns' : 'fails'} ${limit.direction} ${quantity(limit[level], limit.unit)}`);
  return html` <span class="faint">${parts.join(', ')}</span>`;
}

customElements.define('koda-check', Check);

export function checkRow(check, isOpen) {
  return html`<koda-check .check=${check} .isOpen=${isOpen}></koda-check>`;
}
