import { html, svg } from 'lit';
import { clock, latency, span } from './format.js';

const WIDTH = 600;
const HEIGHT = 120;

/** p50 and p95 of a history over its time, as two lines that are broken where nothing was measured. */
export function latencyChart(history) {
  const measured = history.buckets.filter(bucket => bucket.p95_ms !== undefined);
  if (!measured.length) return html`<p class="faint small">No latency was measured.</p>`;
  const most = Math.max(...measured.map(bucket => bucket.p95_ms)) * 1.1;
  const least = Math.min(...measured.map(bucket => bucket.p95_ms));
  const from = Date.parse(history.from);
  const to = Date.parse(history.to);
  const line = name => path(measured, name, history.bucket_seconds * 1000, at => (at - from) / (to - from) * WIDTH, most);
  return html`<figure class="chart">
    <svg role="img" aria-label="Latency: p95 between ${latency(least)} and ${latency(most / 1.1)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
      ${[0.5, 1].map(part => svg`<path class="grid" d="M0 ${HEIGHT * (1 - part) + 0.5}H${WIDTH}"></path>`)}
      <path class="grid" d="M0 ${HEIGHT - 0.5}H${WIDTH}"></path>
      <path class="p95" d=${line('p95_ms')}></path><path class="p50" d=${line('p50_ms')}></path></svg>
    <p class="scale faint" aria-hidden="true"><span>${latency(most)}</span><span>${latency(most / 2)}</span><span>0</span></p>
    <p class="strip-ends faint"><span>${clock(from)}</span><span>${clock((from + to) / 2)}</span><span>${clock(to)}</span></p>
    <figcaption class="faint small">Solid is p50, dashed is p95; ${span(history.bucket_seconds)} a point.</figcaption></figure>`;
}

/** A point stands in the middle of its bucket; one alone is a short dash. */
function path(measured, name, width, across, most) {
  let last = null;
  return measured.map(bucket => {
    const start = Date.parse(bucket.start);
    const x = Math.max(0, across(start + width / 2)).toFixed(1);
    const y = (HEIGHT * (1 - bucket[name] / most)).toFixed(1);
    const move = last !== null && start - last <= width * 1.5 ? 'L' : 'M';
    last = start;
    return `${move}${x} ${y}h.01`;
  }).join('');
}
