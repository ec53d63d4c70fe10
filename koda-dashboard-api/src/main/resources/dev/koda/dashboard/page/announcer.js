import { html } from 'lit';
import { plural } from './format.js';

const EVERY_MS = 5000;

/** Says to screen readers how many events have come, not which: a sentence every five seconds at most. */
export class Announcer {
  text = '';
  #count = 0;
  #critical = 0;

  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {}

  hostDisconnected() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  add(events) {
    this.#count += events.length;
    this.#critical += events.filter(event => event.severity === 'critical').length;
    if (this.#count) this.timer ??= setTimeout(() => this.#say(), EVERY_MS);
  }

  #say() {
    this.timer = null;
    this.text = plural(this.#count, 'new event') + (this.#critical ? `, ${this.#critical} critical` : '');
    this.#count = 0;
    this.#critical = 0;
    this.host.requestUpdate();
  }

  /** Where it is said. */
  region() {
    return html`<div class="sr" role="log" aria-label="New audit events">${this.text}</div>`;
  }
}
