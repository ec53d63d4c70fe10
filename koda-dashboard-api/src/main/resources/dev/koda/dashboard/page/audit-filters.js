import { html } from 'lit';
import { route } from './route.js';
import { SEVERITIES } from './severity.js';

const TYPES = ['security.*', 'security.operator_*', 'security.lockout_*', 'security.auth_failure', 'security.rate_limited', 'security.storm_*',
  'security.configuration_*', 'security.credential_rotated', 'security.audit_*', 'security.annotation_added', 'security.break_glass_used'];

/** What the API filters by, from the address; '' is no filter. */
export function filters() {
  return { type: route.get('type').trim(), severity: route.get('severity'), actor: route.get('actor').trim(), source: route.get('source').trim(), q: route.get('q').trim() };
}

export function isFiltered() {
  return Object.values(filters()).some(Boolean);
}

const NONE = { type: '', severity: '', actor: '', source: '', q: '' };

export function clear() {
  route.go(NONE);
}

let typing;
let typed = {};

/** Not at each letter: each change opens another stream. Who has gone to another view meanwhile filters nothing there. */
function later(name, event) {
  typed[name] = event.target.value;
  clearTimeout(typing);
  typing = setTimeout(() => {
    if (route.view === 'audit') route.go(typed, { replace: true });
    typed = {};
  }, 400);
}

function field(name, label, placeholder, list) {
  return html`<label class="filter"><span>${label}</span><input name=${name} .value=${route.get(name)} placeholder=${placeholder} autocomplete="off" spellcheck="false"
    list=${list} @input=${event => later(name, event)}></label>`;
}

export function filterBar() {
  const severity = route.get('severity');
  return html`<div class="feed-filters" role="group" aria-label="Filters">
    <label class="filter wide"><span>Text</span><input type="search" placeholder="Search  /" .value=${route.get('q')} @input=${event => later('q', event)}></label>
    <label class="filter"><span>Severity at least</span><select @change=${event => route.go({ severity: event.target.value })}>
      ${Object.entries(SEVERITIES).map(([value, name]) => html`<option value=${value === 'info' ? '' : value} ?selected=${value === severity}>${name}</option>`)}</select></label>
    ${field('type', 'Type', 'security.*', 'audit-types')}
    ${field('actor', 'Actor', 'whole name', '')}
    ${field('source', 'Source', 'address', '')}
    <datalist id="audit-types">${TYPES.map(type => html`<option value=${type}></option>`)}</datalist>
    <button class="quiet" ?hidden=${!isFiltered()} @click=${clear}>Clear</button>
  </div>`;
}
