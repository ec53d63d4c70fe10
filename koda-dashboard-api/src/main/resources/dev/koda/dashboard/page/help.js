import { html } from 'lit';
import { drawer } from './drawer.js';
import { Part } from './element.js';
import { API } from './api.js';

const KEYS = [
  ['1 … 5', 'the views'],
  ['/', 'search'],
  ['j  k', 'next row, row before'],
  ['← →', 'next bar of a row, bar before'],
  ['Enter', 'open'],
  ['Esc', 'close'],
  ['v', 'verify the row that has the focus, or run the doctor'],
  ['p', 'pause the feed, and go on'],
  ['?', 'this'],
];

/** The keys, and where everything else is. */
class Help extends Part {
  render() {
    const close = () => this.dispatchEvent(new Event('close'));
    return drawer('Keys and help', html`
      <h2>Keys</h2>
      <dl class="keys">${KEYS.map(([keys, what]) => html`<div><dt>${keys.split('  ').map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>
      <h2>Besides this page</h2>
      <ul class="plain">
        <li><a href="/metrics">/metrics</a>, for Prometheus</li>
        <li><a href="/api/runtime/readiness">/api/runtime/readiness</a> and <a href="/health">/health</a>, for orchestrators</li>
        <li><a href="${API}/openapi.json">${API}/openapi.json</a>: all that this page asks, and more</li>
        <li><code>koda doctor</code> on the machine itself: the same checks, the same results</li>
      </ul>
      <p class="faint">Times are those of your zone; the exact moment in UTC is shown on hover.</p>`, close);
  }
}

customElements.define('koda-help', Help);
