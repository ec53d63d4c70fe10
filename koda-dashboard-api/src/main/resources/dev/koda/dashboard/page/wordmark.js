import { html } from 'lit';

/** The sign of the page with its name. */
export function wordmark(size) {
  return html`<svg viewBox="0 0 32 32" width=${size} height=${size} aria-hidden="true"><rect width="32" height="32" rx="8"></rect><path d="M5 17h6l3-8 5 14 3-6h5"></path></svg>
    <span>Koda <b>operations</b></span>`;
}
