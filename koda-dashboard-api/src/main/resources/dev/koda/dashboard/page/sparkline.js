import { html, svg } from 'lit';

const BARS = 24;
const HEIGHT = 16;

/** How often something happened, from the first of these moments to the last, as bars. */
export function sparkline(times, name) {
  const from = Math.min(...times);
  const width = Math.max(1, Math.max(...times) - from);
  const counts = new Array(BARS).fill(0);
  for (const time of times) counts[Math.min(BARS - 1, Math.floor(((time - from) / width) * BARS))] += 1;
  const most = Math.max(...counts);
  return html`<svg class="sparkline" role="img" aria-label=${name} viewBox="0 0 ${BARS * 4} ${HEIGHT}" width=${BARS * 4} height=${HEIGHT}>
    ${counts.map((count, i) => (count ? bar(i, Math.max(2, (count / most) * HEIGHT)) : ''))}</svg>`;
}

function bar(i, height) {
  return svg`<rect x=${i * 4} y=${HEIGHT - height} width="3" height=${height}></rect>`;
}
