import { html, nothing } from 'lit';
import { ago } from './ago.js';

/** What stands where nothing is: what that means, and what to do next. */
export function empty(title, text, action = nothing) {
  return html`<div class="empty"><p class="empty-title">${title}</p><p>${text}</p>${action}</div>`;
}

/** As many grey lines as there will be, so that nothing moves when they come. */
export function loading(lines, what) {
  return html`<div class="loading" role="status" aria-label="Loading ${what}">
    ${Array.from({ length: lines }, () => html`<span class="bone"></span>`)}
  </div>`;
}

/** Above old data: how old, and why. Nothing if it is new. */
function staleness(poll) {
  if (!poll.isStale) return nothing;
  return html`<p class="notice warn" role="status"><span>Data ${ago(poll.at, ' old')}: ${poll.error.message}</span>
    <button class="quiet" @click=${() => poll.refresh()}>Try again</button></p>`;
}

/** In the place of data that never came: what is the matter, and what still works. */
export function failure(problem, retry) {
  const title = problem.isStoreDown ? 'The operations store does not answer'
    : problem.status === 403 ? 'Your role does not reach here'
    : problem.isUnreachable ? 'The server cannot be reached' : 'This cannot be shown';
  const text = problem.isStoreDown
    ? 'History, audit events and incidents are kept there and come back with it. Readiness and the doctor need no store: they are live on the overview.'
    : problem.message;
  return html`<div class="empty problem" role="alert"><p class="empty-title">${title}</p><p>${text}</p>
    <button @click=${retry}>Try again</button></div>`;
}

/** The data of a poll through a template, or the state that it is in. */
export function shown(poll, lines, what, template) {
  if (poll.data !== null) return html`${staleness(poll)}${template(poll.data)}`;
  return poll.error ? failure(poll.error, () => poll.refresh()) : loading(lines, what);
}
