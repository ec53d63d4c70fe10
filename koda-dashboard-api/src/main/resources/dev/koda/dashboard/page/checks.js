import { html, nothing } from 'lit';
import { ago } from './ago.js';
import { checkRow } from './check.js';
import { Doctor } from './doctor.js';
import { Part } from './element.js';
import { plural } from './format.js';
import { Keys, rowKeys } from './keys.js';
import { byCategory, nameOf, statusOf } from './report.js';
import { Routed, route } from './route.js';
import { badge } from './status.js';
import { empty, shown } from './states.js';

const FILTERS = { '': 'All', attention: 'Needs attention', fail: 'Failing' };

/** The whole report of the doctor by category, failures first, with what was skipped and why. */
class Checks extends Part {
  static properties = { notice: { state: true } };

  constructor() {
    super();
    this.notice = null;
    new Routed(this);
    this.doctor = new Doctor(this);
    new Keys(this, {
      ...rowKeys(this),
      v: () => { this.#run(); },
    });
  }

  render() {
    return html`<section class="panel">
      <header class="view-head">
        <h1>Checks</h1>
        <span class="faint">ran ${this.doctor.data ? ago(this.doctor.data.generated_at) : html`<span class="bone short"></span>`}</span>
        <div class="filters" role="group" aria-label="Which checks">${Object.entries(FILTERS).map(([value, name]) => html`
          <button class="chip" aria-pressed=${route.get('status') === value} @click=${() => route.go({ status: value })}>${name}</button>`)}</div>
        <label class="search"><span class="sr">Search the checks</span><input type="search" placeholder="Search  /" .value=${route.get('q')} @input=${event => route.go({ q: event.target.value }, { replace: true })}></label>
        <button class="primary" @click=${this.#run} ?disabled=${this.doctor.isRunning} title="Run all checks now (v)">${this.doctor.isRunning ? 'Running…' : 'Run now'}</button>
      </header>
      ${this.notice ? html`<p class="notice warn" role="alert">${this.notice}</p>` : nothing}
      ${shown(this.doctor, 14, 'the checks', report => this.#report(report))}
    </section>`;
  }

  #report(report) {
    const kept = report.checks.filter(check => passes(check));
    if (!kept.length && route.get('status') && !route.get('q')) {
      return empty(route.get('status') === 'fail' ? 'No check fails' : 'Nothing needs attention', `No check is like that now; there are ${plural(report.checks.length, 'check')} in all.`,
        html`<button @click=${() => route.go({ status: '' })}>Show all</button>`);
    }
    if (!kept.length) {
      return empty('No check matches', `There are ${plural(report.checks.length, 'check')} in all.`,
        html`<button @click=${() => route.go({ status: '', q: '' })}>Show all</button>`);
    }
    const open = route.get('open');
    return html`<div @koda-open=${event => route.go({ open: event.detail }, { replace: true })}>
      ${byCategory(kept).map(group => html`<section class="category" aria-labelledby="category-${group.category}">
        <h2 id="category-${group.category}"><span>${group.category.replace('-', ' ')}</span> ${badge(group.status, plural(group.checks.length, 'check'))}</h2>
        ${group.checks.map(check => checkRow(check, open === nameOf(check)))}
      </section>`)}
      ${route.get('status') || !report.skipped.length ? nothing : html`<details class="skipped"><summary>${plural(report.skipped.length, 'check')} skipped</summary>
        <ul class="lines">${report.skipped.map(one => html`<li><code>${nameOf(one)}</code> <bdi class="faint">${one.why}</bdi></li>`)}</ul></details>`}
    </div>`;
  }

  #run = async () => {
    const problem = await this.doctor.run();
    this.notice = problem ? problem.message : null;
  };
}

function passes(check) {
  const wanted = route.get('status');
  const status = statusOf(check);
  if (wanted === 'fail' && status !== 'fail') return false;
  if (wanted === 'attention' && status === 'pass') return false;
  const text = `${nameOf(check)} ${check.title} ${check.message} ${check.category}`.toLowerCase();
  return text.includes(route.get('q').toLowerCase());
}

customElements.define('koda-checks', Checks);
