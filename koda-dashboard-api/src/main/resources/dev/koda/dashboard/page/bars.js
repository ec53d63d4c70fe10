import { html, nothing, svg } from 'lit';
import { now } from './api.js';
import { clock, plural, utc, words } from './format.js';

/** So wide are all bars together, whatever their number, so that marks keep their shape. */
const WIDE = 540;
const GAP = 0.23;
const TOP = 7;
const BOTTOM = 31;
const KINDS = { p: 'pass', w: 'warn', f: 'fail', u: 'unknown' };

/** What a letter of the API's bars stands for. */
export function kindOf(letter) {
  return KINDS[letter] ?? 'unknown';
}

/** The hatching of what is not known, once for all the bars of a view. */
export function hatching() {
  return html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>
    <pattern id="koda-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch" d="M1 0v4"></path></pattern></defs></svg>`;
}

/**
 * A row of bars as one drawing, with one path for each status: a thousand rows stay light. Shapes speak besides colours: a
 * failure fills the height and is notched, a warning is shorter than a pass, and what is not known is low and hatched.
 * Marks stand above at their exact time. `active` is the bar that is meant, or null.
 */
export function bars(letters, marks, { from, seconds, active = null }) {
  const step = WIDE / letters.length;
  return svg`<svg class="bars" viewBox="0 0 ${WIDE} ${BOTTOM}" preserveAspectRatio="none" aria-hidden="true" data-step=${step}>
    <rect class="active" x=${active === null ? 0 : left(active, step)} y="0" width=${active === null ? 0 : step} height=${BOTTOM}></rect>
    ${Object.keys(KINDS).map(letter => shape(letters, letter, step))}
    ${marks.map(mark => flag(mark, (Date.parse(mark.at) - from) / 1000 / seconds * step))}
  </svg>`;
}

/** Moves what shows the meant bar, or hides it for null, without a new drawing: a pointer crosses many bars. */
export function activate(place, bar) {
  const rect = place.querySelector('.active');
  const step = Number(rect.ownerSVGElement.dataset.step);
  rect.setAttribute('width', bar === null ? 0 : step);
  if (bar !== null) rect.setAttribute('x', left(bar, step));
}

function left(bar, step) {
  return (bar - GAP / 2) * step;
}

function shape(letters, letter, step) {
  const parts = [];
  for (let i = letters.indexOf(letter); i >= 0; i = letters.indexOf(letter, i + 1)) parts.push(outline(letter, i * step, step * (1 - GAP)));
  if (!parts.length) return nothing;
  return letter === 'u'
    ? svg`<path class="unknown" fill="url(#koda-hatch)" d=${parts.join('')}></path>`
    : svg`<path class=${KINDS[letter]} d=${parts.join('')}></path>`;
}

function outline(letter, begin, width) {
  const x = begin.toFixed(2);
  const wide = Number(width.toFixed(2));
  if (letter === 'f') return `M${x} ${TOP}l${wide / 2} 6l${wide / 2} -6V${BOTTOM}h${-wide}Z`;
  const high = { p: 19, w: 12, u: 7 }[letter];
  return `M${x} ${BOTTOM - high}h${wide}v${high}h${-wide}Z`;
}

function flag(mark, at) {
  if (at < 0 || at > WIDE) return nothing;
  const x = Math.min(WIDE - 3, Math.max(3, at)).toFixed(2);
  const head = mark.kind === 'rotation' ? `M${x - 3} 0h6l-3 5.5Z`
    : mark.kind === 'deploy' ? `M${x - 2.4} .4h4.8v4.8h-4.8Z` : `M${x} 0l2.8 2.8l-2.8 2.8l-2.8 -2.8Z`;
  return svg`<path class="flag ${mark.kind}" d=${head}></path><path class="pole ${mark.kind}" d="M${at.toFixed(2)} 5V${BOTTOM}"></path>`;
}

/** What is said of one bar: its time, its counts and why it failed first, and what happened in it. */
export function tip({ item, index, chart, history }) {
  const start = chart.from + index * chart.seconds * 1000;
  const end = Math.min(start + chart.seconds * 1000, now());
  const bucket = history?.buckets?.find(one => Date.parse(one.start) === start);
  const failure = history?.intervals?.find(one => one.status === 'fail' && Date.parse(one.until) > start && Date.parse(one.since) < end);
  const marks = item.marks.filter(mark => Date.parse(mark.at) >= start && Date.parse(mark.at) < start + chart.seconds * 1000);
  return html`<b title=${utc(start)}>${clock(start)} – ${clock(end)}</b>
    <span>${counts(kindOf(item.bars[index]), bucket)}</span>
    ${failure ? html`<span class="why">first: <bdi>${words(failure.reason) || 'no reason given'}</bdi></span>` : nothing}
    ${marks.map(mark => html`<span>${words(mark.kind)}: <bdi>${mark.text}</bdi></span>`)}`;
}

function counts(kind, bucket) {
  if (!bucket) return kind === 'unknown' ? 'nothing known' : kind;
  const all = bucket.pass + bucket.warn + bucket.fail + bucket.unknown;
  const rest = ['fail', 'warn', 'unknown'].filter(name => bucket[name]).map(name => `${bucket[name]} ${name}`);
  return `${plural(all, 'verification')}${rest.length ? ', ' + rest.join(', ') : ', all pass'}`;
}
