import { html, svg } from 'lit';
import { percent, plural, utc } from './format.js';

const WIDTH = 6;
const HEIGHTS = { pass: 18, warn: 18, fail: 22, unknown: 6 };

/**
 * The buckets of a history as a row of bars, the oldest left. Colours are not alone: failures reach above the others,
 * warnings carry a notch, and what is not known is low.
 */
export function strip(history, range) {
  const buckets = everyBucket(history);
  const name = `${range}: ${history.uptime.ratio === null ? 'nothing known' : percent(history.uptime.ratio) + ' up'}, `
    + `${plural(buckets.filter(bucket => bucket.fail).length, 'bar')} with failures`;
  return html`<svg class="strip" role="img" aria-label=${name} viewBox="0 0 ${buckets.length * WIDTH} 24" preserveAspectRatio="none">
    ${buckets.map((bucket, i) => bar(bucket, i))}</svg>
    <p class="strip-ends faint"><span>${range} ago</span><span>${history.uptime.ratio === null ? 'nothing known yet' : percent(history.uptime.ratio) + ' up'}</span><span>now</span></p>`;
}

/** The buckets of a history from its beginning to its end; the API leaves those out of which it knows nothing. */
function everyBucket(history) {
  const width = history.bucket_seconds * 1000;
  const known = new Map(history.buckets.map(bucket => [Date.parse(bucket.start), bucket]));
  const all = [];
  for (let at = Math.floor(Date.parse(history.from) / width) * width; at < Date.parse(history.to); at += width) {
    all.push(known.get(at) ?? { start: new Date(at).toISOString(), pass: 0, warn: 0, fail: 0, unknown: 0 });
  }
  return all;
}

function bar(bucket, i) {
  const status = bucketStatus(bucket);
  const height = HEIGHTS[status];
  const title = `${utc(bucket.start)}: ${bucket.pass} pass, ${bucket.warn} warn, ${bucket.fail} fail, ${bucket.unknown} unknown`;
  return svg`<rect class=${status} x=${i * WIDTH} y=${24 - height} width=${WIDTH - 1.5} height=${height}><title>${title}</title></rect>`;
}

/** The worst that a bucket has; unknown if it has nothing. */
export function bucketStatus(bucket) {
  return bucket.fail ? 'fail' : bucket.warn ? 'warn' : bucket.pass ? 'pass' : 'unknown';
}
