import { html, render } from 'lit';
import { moment } from './ago.js';
import { now } from './api.js';
import { capital, restOf } from './event-words.js';
import { plural } from './format.js';
import { follow, route } from './route.js';
import { SEVERITIES, severityMark } from './severity.js';

/** What is shown changes at midnight only, so each row is made once and moved, however often the list is drawn. */
let made = new WeakMap();
let day = '';

/** Forgets the rows of another day, which say their times without a date: to be called before a list is drawn. */
export function renewRows() {
  const today = new Date(now()).toDateString();
  if (today !== day) made = new WeakMap();
  day = today;
}

/** The row of an event, or of a line of the feed, as an element. */
export function rowOf(entry) {
  let row = made.get(entry);
  if (!row) {
    row = document.createElement('li');
    row.className = entry.line ? `feed-line ${entry.line}` : `event-row severity-${entry.severity}`;
    render(entry.line ? line(entry) : event(entry), row);
    made.set(entry, row);
  }
  return row;
}

function event(one) {
  const open = { event: one.id ?? one.seq };
  const go = click => {
    click.currentTarget.href = route.link(open);
    follow(click);
  };
  return html`<a data-row tabindex="-1" href=${route.link(open)} @click=${go}>
    <span class="event-time faint">${moment(new Date(one.at).toISOString())}</span>
    ${severityMark(one.severity)}<span class="sr">${SEVERITIES[one.severity]}: </span>
    <bdi class="event-title clip">${capital(one.title)}</bdi>
    <span class="event-facts"><bdi class="event-actor clip">${one.actor}</bdi>
      <bdi class="event-source clip faint">${one.source}</bdi>
      <bdi class="event-rest clip faint">${restOf(one)}</bdi></span>
  </a>`;
}

const REASONS = {
  retention: 'retention has taken them out of the log',
  lag: 'this page could not keep up with the stream; they are in the log',
  unknown: 'they did not arrive; they are in the log',
};

function line({ line: kind, data, at }) {
  const when = moment(new Date(at).toISOString());
  if (kind === 'gap') {
    return html`${when} <b>${plural(data.to - data.from + 1, 'event')} not shown here</b>, numbers ${data.from} to ${data.to}: ${REASONS[data.reason] ?? data.reason}.`;
  }
  if (kind === 'reset') {
    return html`${when} <b>The audit log was replaced</b>, such as by a restore of its database. The feed begins anew with what it holds now.`;
  }
  return html`${when} The server ${data.reason === 'draining' ? 'shuts down or restarts' : 'ended the stream'}; the feed goes on behind the event below as soon as it can.`;
}
