import { html } from 'lit';
import { now } from './api.js';
import { Part } from './element.js';
import { clock, span, utc } from './format.js';

/** All ages on the page grow by one clock, and only the texts that are others by now are touched. */
const shown = new Set();
setInterval(() => document.hidden || shown.forEach(age => age.grow()), 1000);

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

  grow() {
    if (this.text !== this.#text()) this.requestUpdate();
  }

  render() {
    this.text = this.#text();
    if (this.text === 'never') return html`never`;
    const time = new Date(this.at);
    return html`<time datetime=${time.toISOString()} title=${utc(time)}>${this.text}</time>`;
  }

  #text() {
    if (this.at === null || this.at === undefined) return 'never';
    const seconds = (now() - new Date(this.at)) / 1000;
    return seconds < 1 ? 'just now' : span(seconds) + this.suffix;
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
