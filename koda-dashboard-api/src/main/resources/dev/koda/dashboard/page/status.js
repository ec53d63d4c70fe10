import { html, svg } from 'lit';

/** Each status has a shape of its own besides its colour. */
const SHAPES = {
  pass: svg`<circle cx="8" cy="8" r="7"></circle><path class="ink" d="M4.6 8.3 7 10.6l4.4-5"></path>`,
  warn: svg`<path d="M8 1.2 15.4 14.4H.6Z"></path><path class="ink" d="M8 6v4.2M8 12.2v.4"></path>`,
  fail: svg`<path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5Z"></path><path class="ink" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"></path>`,
  not_run: svg`<circle class="hollow" cx="8" cy="8" r="6.2"></circle><path class="line" d="M5 8h6"></path>`,
  unknown: svg`<circle class="hollow dashed" cx="8" cy="8" r="6.2"></circle><path class="line" d="M6.3 6.4a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.9.7-.9 1.3m0 1.9v.3"></path>`,
};

const WORDS = { pass: 'pass', warn: 'warning', fail: 'failing', not_run: 'not run', unknown: 'unknown' };
const ORDER = ['fail', 'warn', 'not_run', 'unknown', 'pass'];

/** The mark of a status; it says nothing to screen readers, for whom the word stands beside it. */
export function mark(status) {
  return html`<svg class="mark ${status}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    ${SHAPES[status] ?? SHAPES.unknown}
  </svg>`;
}

/** A mark with its word. */
export function badge(status, text = statusWord(status)) {
  return html`<span class="badge ${status}">${mark(status)}<span>${text}</span></span>`;
}

export function statusWord(status) {
  return WORDS[status] ?? status;
}

/** Sorts failures first; smaller is worse. */
export function rank(status) {
  return ORDER.indexOf(status) < 0 ? ORDER.length : ORDER.indexOf(status);
}
