import { short, visible, words } from './format.js';

const SEVERITIES = ['info', 'notice', 'warning', 'critical'];
const LONGEST = 200;

/** What a row and a sentence need of an event, as texts; `raw` is all of it. Whoever can write events can write anything. */
export function known(raw) {
  const at = Date.parse(raw.time);
  return {
    raw,
    seq: raw.seq,
    id: typeof raw.id === 'string' ? raw.id : null,
    key: `event ${raw.seq}`,
    type: textOf(raw.type),
    title: titleOf(raw),
    severity: SEVERITIES.includes(raw.severity) ? raw.severity : 'critical',
    at: Number.isNaN(at) ? Date.parse(raw.sealed_at) : at,
    actor: textOf(raw.actor),
    source: textOf(raw.source),
    target: textOf(raw.target),
    reason: words(textOf(raw.reason)),
  };
}

/** "operator login failed". */
function titleOf(raw) {
  if (raw.spoilt !== undefined) return 'an event that was spoilt';
  return words(textOf(raw.type).replace(/^security\./, '')).replaceAll('.', ' ') || 'an event without a type';
}

/** A value of an event as a text that hides nothing; empty if there is none. */
export function textOf(value, most = LONGEST) {
  if (value === null || value === undefined) return '';
  return short(visible(typeof value === 'string' ? value : JSON.stringify(value)), most);
}

/** The details as pairs of name and value. */
export function detailsOf(event, most) {
  const { details } = event.raw;
  if (details === null || details === undefined) return [];
  if (typeof details !== 'object') return [['details', textOf(details, most)]];
  return Object.entries(details).map(([name, value]) => [words(textOf(name)), textOf(value, most)]);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Target, reason and details in one line: what people read, so without ids and without saying anything twice. */
export function restOf(event) {
  const details = detailsOf(event, 80).filter(([, value]) => !ID.test(value)).slice(0, 4).map(([name, value]) => `${name} ${value}`);
  const target = ID.test(event.target) || words(event.target) === event.reason ? '' : event.target;
  return short([target, event.reason, ...details].filter(Boolean).join(' · '), LONGEST);
}

/** All of an event as lines of JSON. */
export function jsonOf(event) {
  return JSON.stringify(event.raw, null, 2).split('\n').map(visible).join('\n');
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
