import { html, svg } from 'lit';
import { percent, plural, utc } from './format.js';

const WIDE = 600;
const HEIGHTS = { pass: 18, warn: 13, fail: 22, unknown: 6 };

/**
 * The buckets of a history as a row of bars, the oldest left. Colours are not alone: failures reach above the others,
 * warnings stay below them, and what is not known is low.
 */
export function strip(history, range) {
  const slots = slotsOf(history);
  const name = `${range}: ${history.uptime.ratio === null ? 'nothing known' : percent(history.uptime.ratio) + ' up'}, `
    + `${plural(history.buckets.filter(bucket => bucket.fail).length, 'bar')} with failures`;
  return html`<svg class="strip" role="img" aria-label=${name} viewBox="0 0 ${WIDE} 24" preserveAspectRatio="none">
    ${slots.map((slot, i) => bar(slot, i, WIDE / slots.length))}</svg>
    <p class="strip-ends faint"><span>${range} ago</span><span>${history.uptime.ratio === null ? 'nothing known yet' : percent(history.uptime.ratio) + ' up'}</span><span>now</span></p>`;
}

function bar({ at, bucket }, i, width) {
  const status = bucketStatus(bucket);
  const height = HEIGHTS[status];
  const counts = bucket ? `${bucket.pass} pass, ${bucket.warn} warn, ${bucket.fail} fail, ${bucket.unknown} unknown` : 'nothing known';
  return svg`<rect class=${status} x=${(i * width).toFixed(2)} y=${24 - height} width=${(width * 0.75).toFixed(2)} height=${height}><title>${utc(at)}: ${counts}</title></rect>`;
}

/** All the time of a history in steps of its buckets: `at` in milliseconds, and the bucket, undefined where nothing was kept. */
export function slotsOf(history) {
  const step = history.bucket_seconds * 1000;
  const known = new Map(history.buckets.map(bucket => [Date.parse(bucket.start), bucket]));
  const slots = [];
  for (let at = Math.floor(Date.parse(history.from) / step) * step; at < Date.parse(history.to); at += step) slots.push({ at, bucket: known.get(at) });
  return slots;
}

/** The worst that a bucket has; unknown if it has nothing, or if there is none. */
export function bucketStatus(bucket) {
  if (!bucket) return 'unknown';
  return bucket.fail ? 'fail' : bucket.warn ? 'warn' : bucket.pass ? 'pass' : 'unknown';
}
