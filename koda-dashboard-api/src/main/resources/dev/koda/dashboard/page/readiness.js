import { html, nothing } from 'lit';
import { readiness } from './api.js';
import { words } from './format.js';
import { Poll, TURNED } from './poll.js';
import { follow, route } from './route.js';
import { mark } from './status.js';

/** Whether the server takes tasks, for all views, and for the title of a tab that is behind others. */
export class Readiness extends Poll {
  isForHidden = true;

  constructor(host) {
    super(host, signal => this.#ask(signal), 5000);
    this.longestMs = 10_000;
    this.turned = () => {};
  }

  async #ask(signal) {
    const before = this.data?.ready;
    const answer = await readiness({ signal });
    if (before !== undefined && before !== answer.ready) dispatchEvent(new Event(TURNED));
    return answer;
  }

  /** Why it takes no tasks, in words; empty if it does or if that is not known. */
  get trouble() {
    return this.data?.ready === false && !this.error ? notReady(this.data) : '';
  }
}

/** "Not ready: postgres unavailable". */
export function notReady(answer) {
  return `Not ready: ${(answer.reasons ?? []).map(words).join(', ') || 'it takes no tasks'}`;
}

/** Above views that say nothing of it themselves. */
export function readinessBar(ready) {
  return html`<div role="status">${ready.trouble ? html`<p class="notice fail">${mark('fail')}<b>${ready.trouble}</b>
    <a href=${route.link({}, { fresh: true })} @click=${follow}>Overview</a></p>` : nothing}</div>`;
}
