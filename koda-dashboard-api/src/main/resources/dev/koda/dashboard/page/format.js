import { now } from './api.js';

const NUMBERS = new Intl.NumberFormat('en', { useGrouping: true });

/** 184 501, with thin spaces, which cannot be taken for decimals in any language. */
export function number(value) {
  return NUMBERS.format(value).replaceAll(',', '\u202f');
}

/** "1 failure", "2 failures". */
export function plural(count, one, many = one + 's') {
  return `${number(count)}\u00a0${count === 1 ? one : many}`;
}

/** A ratio as a percentage that never rounds up to 100 and is a dash where nothing is known. */
export function percent(ratio) {
  if (ratio === null || ratio === undefined) return '–';
  if (ratio >= 1) return '100\u202f%';
  const digits = ratio >= 0.99 ? 2 : 1;
  const scale = 10 ** digits;
  return (Math.floor(ratio * 100 * scale) / scale).toFixed(digits) + '\u202f%';
}

/** A latency in milliseconds with at most three digits that matter. */
export function latency(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return '–';
  if (milliseconds >= 10_000) return (milliseconds / 1000).toFixed(0) + '\u202fs';
  if (milliseconds >= 1000) return (milliseconds / 1000).toFixed(1) + '\u202fs';
  return (milliseconds >= 10 ? milliseconds.toFixed(0) : milliseconds.toFixed(1)) + '\u202fms';
}

/** A length of time in its two largest units: "42 s", "5 min", "2 h 5 min", "3 d 4 h". */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole}\u202fs`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}\u202fmin`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 && hours < 10 ? `${hours}\u202fh ${minutes % 60}\u202fmin` : `${hours}\u202fh`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 10 ? `${days}\u202fd ${hours % 24}\u202fh` : `${days}\u202fd`;
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
/** To make one takes longer than to draw the row that it is for. */
const CLOCKS = [TIME, { month: 'short', day: 'numeric', ...TIME }, { year: 'numeric', month: 'short', day: 'numeric', ...TIME }]
  .map(parts => new Intl.DateTimeFormat(undefined, parts));

/** The time of day in the reader's zone, with the date if it is not of today, and its year if it is not of this one. */
export function clock(time, reference = now()) {
  const date = new Date(time);
  const today = new Date(reference);
  const isToday = date.toDateString() === today.toDateString();
  return CLOCKS[isToday ? 0 : date.getFullYear() === today.getFullYear() ? 1 : 2].format(date);
}

/** The same moment for everybody: 2026-11-28 17:54:27 UTC. */
export function utc(time) {
  return new Date(time).toISOString().replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}

/** A stable word of ours as people write it: `auth_rejected` is "auth rejected". */
export function words(reason) {
  return (reason ?? '').replaceAll('_', ' ');
}

/** Characters that nobody sees and that turn or hide those around them. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A foreign text with what cannot be seen in it written as JSON writes it, so that it says what it holds. */
export function visible(text) {
  return text.replace(UNSEEN, one => '\\u' + one.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** At most so many characters of it, and three dots. */
export function short(text, most) {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '') + '…';
}
