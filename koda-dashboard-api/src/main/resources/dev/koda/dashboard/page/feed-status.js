import { html, nothing } from 'lit';
import { ago } from './ago.js';
import { capital } from './event-words.js';

const WHY = { asked: '', event: 'an event is open', scroll: 'you have scrolled', focus: 'a row is selected', selection: 'text is selected', history: 'you look at older events' };

/** Whether the feed is live, in two words and a shape; `failure` is what the API said last, or null. */
export function feedStatus(feed, failure) {
  const state = feed.stream.state === 'live' && failure?.isStoreDown ? 'refused' : feed.stream.state;
  return html`<span class="feed-state ${feed.isPaused ? 'paused' : state}">${shape(feed, state)}<span role="status">${text(feed, state)}</span></span>`;
}

function shape(feed, state) {
  if (feed.isPaused) return html`<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 1h3v10H2zM7 1h3v10H7z"></path></svg>`;
  return html`<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><circle class=${state === 'live' ? '' : 'hollow'} cx="6" cy="6" r="4.5"></circle></svg>`;
}

function text(feed, state) {
  if (feed.isPaused) {
    const why = Object.keys(WHY).find(one => feed.isPausedBy(one) && WHY[one]);
    return why && !feed.isPausedBy('asked') ? `Paused: ${WHY[why]}` : 'Paused';
  }
  return { opening: 'Connecting', live: 'Live', closed: 'Not connected', bye: 'Waiting for the server', reconnecting: 'Reconnecting', refused: 'Not live' }[state];
}

/** Why nothing new comes, since when, and what happens next; nothing while it is live. `failure` is what the API said last, or null. */
export function streamNotice(feed, failure) {
  const { state, since, problem } = feed.stream;
  if (state === 'reconnecting') {
    return html`<p class="notice warn"><span>The connection broke ${ago(since)}. It is tried again all the time; no event is lost.</span> ${retry(feed)}</p>`;
  }
  if (state === 'bye') return html`<p class="notice warn"><span>The server said goodbye ${ago(since)}. The feed goes on when it is back; no event is lost.</span> ${retry(feed)}</p>`;
  if (state === 'live' && failure?.isStoreDown) {
    return html`<p class="notice warn" role="alert"><span><b>The operations store does not answer.</b> New events are kept aside and come when it is back.</span></p>`;
  }
  if (state !== 'refused' || !problem || (!feed.isReady && feed.problem)) return nothing;
  const next = feed.stream.retryAt === null ? '' : ' It is tried again by itself.';
  return html`<p class="notice warn" role="alert"><span>${title(problem)} ${capital(problem.message)}${next}</span> ${retry(feed)}</p>`;
}

function title(problem) {
  if (problem.reason === 'too_many_streams') return html`<b>Too many streams.</b>`;
  if (problem.isStoreDown) return html`<b>The operations store does not answer.</b>`;
  if (problem.status === 403) return html`<b>Your role does not reach here.</b>`;
  return html`<b>Nothing new comes.</b>`;
}

function retry(feed) {
  return html`<button class="quiet" @click=${() => feed.stream.retry()}>Try again now</button>`;
}
