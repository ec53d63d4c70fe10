import { html } from 'lit';
import { now } from './api.js';
import { Part } from './element.js';
import { clock, span, utc } from './format.js';

/** All ages on the page grow by one clock, and only their texts are touched. */
const shown = new Set();
setInterval(() => document.hidden || shown.forEach(age => age.requestUpdate()), 1000);

/** How long ago a moment was: "42 s ago". `at` is a time or milliseconds; the exact moment in UTC is its title. */
class Ago extends Part {
  static properties = { at: {}, suffix: {} };

  suffix = ' ago';

  connectedCallback() {
    super.connectedCallback();
    shown.add(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    shown.delete(this);
  }

  render() {
    if (this.at === null || this.at === undefined) return html`never`;
    const time = new Date(this.at);
    const seconds = (now() - time) / 1000;
    const text = seconds < 1 ? 'just now' : span(seconds) + this.suffix;
    return html`<time datetime=${time.toISOString()} title=${utc(time)}>${text}</time>`;
  }
}

customElements.define('koda-ago', Ago);

/** "42 s ago", growing. */
export function ago(at, suffix = ' ago') {
  return html`<koda-ago .at=${at} .suffix=${suffix}></koda-ago>`;
}

/** "17:54:27" in the reader's zone, with UTC on hover. */
export function moment(time) {
  return html`<time datetime=${time} title=${utc(time)}>${clock(time)}</time>`;
}
