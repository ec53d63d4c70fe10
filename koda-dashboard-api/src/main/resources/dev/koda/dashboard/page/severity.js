import { html, svg } from 'lit';
import { mark } from './status.js';

export const SEVERITIES = { info: 'Info', notice: 'Notice', warning: 'Warning', critical: 'Critical' };

const OWN = {
  info: svg`<circle cx="8" cy="8" r="3"></circle>`,
  notice: svg`<path d="M8 2.6 13.4 8 8 13.4 2.6 8Z"></path>`,
};

/** The mark of a severity: a dot, a diamond, a triangle or an octagon. The word stands beside it for screen readers. */
export function severityMark(severity) {
  if (severity === 'critical') return mark('fail');
  if (severity === 'warning') return mark('warn');
  return html`<svg class="mark severity-${severity}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${OWN[severity]}</svg>`;
}
