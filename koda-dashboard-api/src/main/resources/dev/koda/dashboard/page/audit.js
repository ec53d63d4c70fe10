import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { API, query } from './api.js';
import { Announcer } from './announcer.js';
import { clear, filterBar, filters, isFiltered } from './audit-filters.js';
import { chain } from './chain.js';
import { Part } from './element.js';
import { eventDrawer } from './event-drawer.js';
import { renewRows, rowOf } from './event-row.js';
import { Feed, MOST } from './feed.js';
import { feedStatus, streamNotice } from './feed-status.js';
import { number, plural } from './format.js';
import { Keys, rowKeys } from './keys.js';
import { Nearing } from './nearing.js';
import { Routed, route } from './route.js';
import { Signed, session } from './session.js';
import { Storms, fold, stormBanner, stormRow, thinned } from './storms.js';
import { empty, failure, loading } from './states.js';

/** So many rows are drawn of those that are held, and as many more whenever somebody comes to their end. */
const DRAWN = 100;

/** The audit log as it grows. */
class Audit extends Part {
  constructor() {
    super();
    new Routed(this, () => this.#follow());
    new Signed(this);
    this.storms = new Storms(this);
    this.announcer = new Announcer(this);
    this.feed = new Feed(this, {
      thin: (entries, most) => (isFolding() ? thinned(entries, most, this.storms, route.get('storm')) : entries),
      shown: entries => this.#shown(entries),
    });
    this.drawn = DRAWN;
    new Nearing(this, '.feed-foot', () => this.#drawMore());
    new Keys(this, {
      ...rowKeys(this),
      p: () => this.#toggle(),
    });
    this.scrolled = () => this.#scrolled();
    this.selected = () => this.#selected();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', this.scrolled, { passive: true });
    document.addEventListener('selectionchange', this.selected);
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('scroll', this.scrolled);
    document.removeEventListener('selectionchange', this.selected);
    this.asked = null;
  }

  /** Opens the feed of what the address says, unless it is that one. */
  #follow() {
    const asked = JSON.stringify([filters(), isFolding()]);
    if (asked !== this.asked) {
      this.drawn = DRAWN;
      this.feed.open(filters());
    }
    this.asked = asked;
    this.feed.pause('event', route.get('event') !== '');
  }

  render() {
    return html`<section class="panel feed-panel">
      <header class="view-head">
        <h1>Audit events</h1>
        <span class="faint">${this.feed.head === null ? html`<span class="bone short"></span>` : number(this.feed.head)} sealed so far</span>
        <div class="filters">${chain()}${session.may('admin') ? html`<a class="button" href="${API}/audit/export${query(filters())}" download="audit.ndjson">Export</a>` : nothing}</div>
      </header>
      ${filterBar()}
      ${stormBanner(this.storms)}
      ${this.#bar()}
      ${streamNotice(this.feed, this.storms.error)}
      ${this.#content()}
      ${this.announcer.region()}
    </section>
    ${route.get('event') ? eventDrawer(route.get('event'), this.feed.entries, () => this.#closeDrawer()) : nothing}`;
  }

  #bar() {
    const { feed } = this;
    return html`<div class="feed-bar">
      <button @click=${() => this.#toggle()} aria-pressed=${feed.isPaused} title=${feed.isPaused ? 'Go on (p)' : 'Pause (p)'}>${feed.isPaused ? 'Go on' : 'Pause'}</button>
      ${feedStatus(feed, this.storms.error)}
      ${feed.isPaused && feed.waiting ? html`<button class="primary new" @click=${() => this.#goOn()}>${number(feed.waiting)} new</button>` : nothing}
      <span class="faint received">received ${number(feed.received)}</span>
      <label class="fold"><input type="checkbox" .checked=${isFolding()} @change=${event => route.go({ fold: event.target.checked ? '' : 'off' })}> Fold storms</label>
    </div>`;
  }

  #content() {
    const { feed } = this;
    if (!feed.isReady) return feed.problem ? failure(feed.problem, () => this.#again()) : loading(14, 'the audit events');
    const rows = isFolding() ? fold(feed.entries, this.storms, route.get('storm')) : feed.entries;
    this.rows = rows.length;
    if (!rows.length) return this.#nothing();
    renewRows();
    return html`<ol class="feed" tabindex="0" aria-label="Audit events, newest first: j and k go from row to row, Enter opens one" @focusin=${this.#focused} @focusout=${this.#focused}>
      ${repeat(rows.slice(0, this.drawn), row => row.key, row => (row.storm ? this.#stormRow(row) : rowOf(row)))}
    </ol>${this.#foot()}`;
  }

  #drawMore() {
    if (this.drawn >= this.rows) return;
    this.drawn += DRAWN;
    this.requestUpdate();
  }

  #stormRow(row) {
    const isOpen = route.get('storm') === row.storm.id;
    return html`<li class="storm">${stormRow(row, this.storms, isOpen, () => route.go({ storm: isOpen ? '' : row.storm.id }, { replace: true }))}</li>`;
  }

  #foot() {
    const { feed } = this;
    const count = feed.entries.filter(entry => entry.seq).length;
    return html`<footer class="feed-foot">
      ${feed.olderProblem ? html`<p class="notice warn" role="alert">Older events cannot be shown: ${feed.olderProblem.message}</p>` : nothing}
      ${feed.hasOlder ? html`<button @click=${() => feed.older()} ?disabled=${feed.isAskingOlder}>${feed.isAskingOlder ? 'Loading…' : 'Load older'}</button>` : nothing}
      <p class="faint">${plural(count, 'event')} held${feed.hasOlder ? `; at most ${number(MOST)} at once, all others by “Load older”, by a filter or in the export` : feed.isThinned ? '; of storms the newest, all others by a filter or in the export' : ': these are all'}.</p>
    </footer>`;
  }

  #nothing() {
    if (isFiltered()) return empty('No event matches', 'New ones that do appear here as they happen.', html`<button @click=${clear}>Show all events</button>`);
    return empty('No audit events yet', 'Logins, lockouts, configuration changes and what Koda reports appear here as they happen.');
  }

  #again() {
    this.feed.open(filters());
  }

  #toggle() {
    if (this.feed.isPaused) this.#goOn();
    else this.feed.pause('asked');
  }

  #goOn() {
    if (this.querySelector('.feed')?.contains(document.activeElement)) document.activeElement.blur();
    document.getSelection().removeAllRanges();
    scrollTo(0, 0);
    this.drawn = DRAWN;
    this.feed.resume();
  }

  #closeDrawer() {
    route.go({ event: '' });
  }

  #focused = event => {
    const inside = event.type === 'focusin' ? event.target : event.relatedTarget;
    this.feed.pause('focus', Boolean(inside?.closest?.('.feed [data-row]')));
  };

  #scrolled() {
    const list = this.querySelector('.feed');
    const bar = this.querySelector('.feed-bar');
    if (list && bar) this.feed.pause('scroll', list.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 8);
  }

  #selected() {
    const selection = document.getSelection();
    this.feed.pause('selection', !selection.isCollapsed && Boolean(this.querySelector('.feed')?.contains(selection.anchorNode)));
  }

  #shown(entries) {
    const events = entries.filter(entry => entry.seq);
    this.announcer.add(events);
    if (events.some(event => event.type.startsWith('security.storm_'))) this.storms.refresh();
  }
}

function isFolding() {
  return route.get('fold') !== 'off';
}

customElements.define('koda-audit', Audit);
