import { html, nothing } from 'lit';
import { ago } from './ago.js';
import { bars, kindOf } from './bars.js';
import { clock, latency, percent, plural, words } from './format.js';
import { follow, route } from './route.js';
import { session } from './session.js';
import { mark, statusWord } from './status.js';

/**
 * One integration as a row. `own` is what Verify now of this page has come to, or undefined; `range` is in words.
 */
export function integrationRow(item, index, { chart, range, own, verify }) {
  const uptime = item.in_range.uptime.ratio;
  const name = item.name.slice(0, 80);
  const newest = item.bars.length - 1;
  return html`<li class="int-row" data-index=${index}>
    <a class="int-name" data-row href=${route.link({ id: item.id })} @click=${follow} aria-label=${sentence(item, range)}>
      ${mark(item.status)}<span><bdi>${item.name.slice(0, 200)}</bdi></span></a>
    <div class="bars-place" tabindex="0" role="slider" aria-label="Bars of ${name}" aria-orientation="horizontal"
      aria-valuemin="1" aria-valuemax=${newest + 1} aria-valuenow=${newest + 1}
      aria-valuetext=${barText(item, newest, chart)}>${bars(item.bars, item.marks, chart)}</div>
    <span class="number ${uptime !== null && uptime < 0.99 ? 'down' : ''}">${percent(uptime)}</span>
    <span class="number latencies">${latency(item.in_range.p50_ms)} <span class="faint">/ ${latency(item.in_range.p95_ms)}</span></span>
    <span class="int-last">${last(item, own)}</span>
    ${session.may('operator') ? html`<button @click=${verify} ?disabled=${own?.isRunning} aria-label="Verify ${name} now" title="Verify now (v)">${own?.isRunning ? 'Verifying' : 'Verify'}</button>` : nothing}
  </li>`;
}

/** What a bar is, in words: when it begins, and its status. */
export function barText(item, bar, chart) {
  return `${clock(chart.from + bar * chart.seconds * 1000)}: ${kindOf(item.bars[bar])}`;
}

function sentence(item, range) {
  const figures = item.in_range;
  const up = figures.uptime.ratio === null ? 'nothing known' : `${percent(figures.uptime.ratio)} up`;
  const when = item.verified_at ? `last verified at ${clock(item.verified_at)}` : 'never verified';
  return `${item.name.slice(0, 80)}: ${statusWord(item.status)}, ${up} in ${range}, ${plural(figures.fails, 'failure')}, ${when}`;
}

function last(item, own) {
  if (own?.problem) return html`<span class="odd" role="alert"><bdi title=${own.problem}>${own.problem}</bdi></span>`;
  const result = own?.result ?? item.last;
  const at = own?.result?.started_at ?? item.verified_at;
  if (!at) return html`<span class="faint">never</span>`;
  const why = result?.status !== 'pass' ? words(result?.reason ?? result?.status) : own?.result ? `pass in ${latency(result.latency_ms)}` : '';
  const tone = { fail: 'bad', pass: '' }[result?.status] ?? 'odd';
  return html`<span class="faint">${ago(at)}</span>
    ${why ? html`<bdi class=${tone} title=${result.message ?? why} role=${own ? 'status' : nothing}>${why}</bdi>` : nothing}`;
}

/** What the shapes of bars and marks mean. */
export function legend() {
  const example = (kind, path, text) => html`<span><svg viewBox="0 0 12 12" aria-hidden="true"><path class=${kind} d=${path} fill=${kind === 'unknown' ? 'url(#koda-hatch)' : nothing}></path></svg>${text}</span>`;
  return html`<p class="legend">
    ${example('pass', 'M3 2h6v10H3Z', 'pass')}${example('warn', 'M3 6h6v6H3Z', 'warning')}${example('fail', 'M3 0l3 4l3 -4V12H3Z', 'fail')}
    ${example('unknown', 'M2 6h8v6H2Z', 'nothing known')}${example('rotation', 'M2 2h8l-4 7Z', 'credential rotated')}${example('deploy', 'M3 3h6v6H3Z', 'deployed')}${example('note', 'M6 2l4 4l-4 4l-4 -4Z', 'note')}</p>`;
}
