import { html, nothing } from 'lit';
import { post } from './api.js';
import { Part } from './element.js';
import { textOf } from './event-words.js';
import { number, plural } from './format.js';
import { session } from './session.js';
import { mark } from './status.js';

/** Asks the server to hold the whole log against its chain, and says what it found. */
class Chain extends Part {
  static properties = { found: { state: true }, problem: { state: true }, isRunning: { state: true } };

  render() {
    return html`<button @click=${this.#verify} ?disabled=${this.isRunning} title="Hold every event against the chain of hashes and the signed checkpoints">
        ${this.isRunning ? 'Verifying…' : 'Verify chain'}</button>
      <div role="status" class="chain-found">${this.problem ? html`<span>${mark('unknown')} Not verified: ${this.problem.message}</span>` : this.found ? this.#words(this.found) : nothing}</div>`;
  }

  #words(found) {
    if (found.intact) {
      return html`<span>${mark('pass')} Whole: ${found.events ? html`${plural(found.events, 'event')}, ${number(found.from)} to ${number(found.to)}` : 'no events yet'}, ${plural(found.checkpoints, 'signed checkpoint')}</span>`;
    }
    return html`<span>${mark('fail')} <b>Not as it was sealed:</b> ${plural(found.faults.length, 'fault')}</span>
      <ul>${found.faults.slice(0, 10).map(fault => html`<li><bdi>${textOf(fault)}</bdi></li>`)}</ul>`;
  }

  #verify = async () => {
    this.isRunning = true;
    this.problem = null;
    try {
      this.found = await post('/audit/verify', undefined, { seconds: 300 });
    } catch (problem) {
      this.problem = problem;
    }
    this.isRunning = false;
  };
}

customElements.define('koda-chain', Chain);

export function chain() {
  return session.may('operator') ? html`<koda-chain></koda-chain>` : nothing;
}
