import { html, nothing, svg } from 'lit';
import { ago, moment } from './ago.js';
import { get } from './api.js';
import { Part } from './element.js';
import { textOf } from './event-words.js';
import { plural, span, words } from './format.js';
import { Keys, rowKeys } from './keys.js';
import './note-form.js';
import { Poll } from './poll.js';
import { Routed, follow, route } from './route.js';
import { Signed, session } from './session.js';
import { mark } from './status.js';
import { empty, shown } from './states.js';

const RANGES = { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' };
const USUAL = '7d';
const LIMIT = 200;
const KINDS = { note: 'Note', deploy: 'Deploy', maintenance: 'Maintenance', rotation: 'Credential rotated', configuration: 'Configuration changed' };
const KIND_SHAPES = {
  deploy: svg`<path d="M8 13V3M4 7l4-4 4 4"></path>`,
  rotation: svg`<path d="M3.5 8a4.5 4.5 0 0 1 8-2.8L13 3v4H9M12.500 8a4.500 4.500 0 0 1-8 2.800L3 13V9h4"></path>`,
  configuration: svg`<path d="M2 5h12M2 11h12M5 3v4M10 9v4"></path>`,
};

/** What has failed and for how long, with what was done at the time. */
class Incidents extends Part {
  static properties = { added: { state: true } };

  constructor() {
    super();
    this.added = [];
    new Signed(this);
    new Routed(this, () => this.#follow());
    this.open = new Poll(this, signal => get('/incidents', { ...asked('400d'), open: true, limit: LIMIT }, { signal }), 10_000);
    this.closed = new Poll(this, signal => get('/incidents', { ...asked(), open: false, limit: LIMIT }, { signal }), 15_000);
    this.notes = new Poll(this, signal => get('/annotations', { ...asked(), limit: LIMIT }, { signal }), 15_000);
    new Keys(this, rowKeys(this));
  }

  connectedCallback() {
    this.asked = key();
    super.connectedCallback();
  }

  #follow() {
    if (key() === this.asked) return;
    this.asked = key();
    for (const poll of [this.open, this.closed, this.notes]) poll.refresh({ fresh: true });
  }

  render() {
    return html`
      <section class="panel" aria-labelledby="incidents-title">
        <header class="view-head"><h1 id="incidents-title">Incidents</h1>
          ${this.open.data ? html`<span class="faint">${openOnes(this.open.data)}</span>` : nothing}
          <div class="filters" role="group" aria-label="How far back">${Object.entries(RANGES).map(([range, name]) => html`
            <button class="chip" aria-pressed=${chosen() === range} @click=${() => route.go({ range: range === USUAL ? '' : range })}>${name}</button>`)}</div>
        </header>
        ${this.#only()}
        <h2 class="sr">Open now</h2>
        ${shown(this.open, 3, 'the open incidents', page => this.#open(page))}
      </section>
      <section class="panel" aria-labelledby="before-title">
        <header><h2 id="before-title">The last ${RANGES[chosen()]}</h2></header>
        ${session.may('operator') ? html`<koda-note-form @koda-noted=${event => this.#noted(event.detail)}></koda-note-form>` : nothing}
        ${shown(this.closed, 6, 'the incidents', incidents => shown(this.notes, 6, 'the annotations', notes => this.#timeline(incidents, notes)))}
      </section>`;
  }

  #only() {
    const id = route.get('id');
    if (!id) return nothing;
    return html`<p class="notice">Only <bdi>${textOf(id)}</bdi> <button class="quiet" @click=${() => route.go({ id: '' })}>Show all integrations</button></p>`;
  }

  #open(page) {
    if (!page.items.length) return empty('No integration is failing', 'An incident begins with the first verification that fails, and ends with the first that passes.');
    return html`<ul class="timeline">${page.items.map(one => this.#incident(one))}</ul>
      ${page.next_cursor ? html`<p class="faint">Only the newest ${LIMIT} are shown; <a href=${route.link({ view: 'integrations', state: 'failing' }, { fresh: true })} @click=${follow}>all that fail</a> are among the integrations.</p>` : nothing}`;
  }

  #timeline(incidents, notes) {
    const id = route.get('id');
    const fresh = this.added.filter(one => (!id || one.integration === id) && !notes.items.some(note => note.id === one.id));
    const all = [
      ...incidents.items.map(one => ({ at: one.opened_at, row: () => this.#incident(one) })),
      ...[...fresh, ...notes.items].map(note => ({ at: note.at, row: () => this.#note(note) })),
    ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
    const isMore = incidents.next_cursor || notes.next_cursor;
    if (!all.length) return empty('Nothing in this time', 'Incidents that are over, deploys, rotations and notes appear here.');
    return html`<ul class="timeline">${all.map(one => one.row())}</ul>
      ${isMore ? html`<p class="faint">Only the newest ${LIMIT} of a kind are shown; choose a shorter time.</p>` : nothing}`;
  }

  #incident(one) {
    const isOpen = one.closed_at === null;
    return html`<li class=${isOpen ? 'open' : ''}>${mark(isOpen ? 'fail' : 'warn')}
      <div class="what"><b><a data-row href=${route.link({ view: 'integrations', id: one.integration }, { fresh: true })} @click=${follow}><bdi>${textOf(one.name)}</bdi></a>
          ${isOpen ? 'fails' : 'failed'} ${isOpen ? html`for ${ago(one.opened_at, '')}` : html`for ${span(one.lasted_seconds)}`}</b>
        <p>${plural(one.failures, 'failure')}${one.reason ? `, ${words(textOf(one.reason))}` : ''}${one.message ? html`: <bdi>${textOf(one.message, 400)}</bdi>` : nothing}</p></div>
      <span class="when">${moment(one.opened_at)}${isOpen ? nothing : html` – ${moment(one.closed_at)}`}</span></li>`;
  }

  #note(note) {
    return html`<li class=${this.added.includes(note) ? 'new' : ''}><svg class="mark note" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${KIND_SHAPES[note.kind] ?? svg`<path d="M3 2h10v12H3zM6 6h4M6 9h4"></path>`}</svg>
      <div class="what"><span class="kind">${KINDS[note.kind] ?? textOf(note.kind)}</span> <bdi>${textOf(note.text, 600)}</bdi>
        <p>${[note.integration && html`<bdi>${textOf(note.integration)}</bdi>`, note.author && html`by <bdi>${textOf(note.author)}</bdi>`].filter(Boolean).map((part, i) => html`${i ? ', ' : ''}${part}`)}</p></div>
      <span class="when">${moment(note.at)}</span></li>`;
  }

  #noted(note) {
    this.added = [note, ...this.added];
    this.notes.refresh();
  }
}

function openOnes(page) {
  return page.items.length ? `${page.items.length}${page.next_cursor ? ' or more' : ''} open` : 'none open';
}

function chosen() {
  return Object.hasOwn(RANGES, route.get('range')) ? route.get('range') : USUAL;
}

function asked(range = chosen()) {
  return { range, integration: route.get('id') };
}

function key() {
  return `${route.get('range')} ${route.get('id')}`;
}

customElements.define('koda-incidents', Incidents);
