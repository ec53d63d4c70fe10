import { html, nothing } from 'lit';
import { ago, moment } from './ago.js';
import { API } from './api.js';
import { drawer } from './drawer.js';
import { Part } from './element.js';
import { capital, detailsOf, jsonOf, textOf } from './event-words.js';
import { number, utc, words } from './format.js';
import { eventOf, pathOf, relatedTo } from './related.js';
import { follow, route } from './route.js';
import { SEVERITIES, severityMark } from './severity.js';
import { failure, loading } from './states.js';

const SHOWN = 12;
const LONG = 12_000;

/** All of an event: in words, its place in the chain, what happened about it, and as JSON. */
class EventDetails extends Part {
  static properties = { eventId: {}, held: { attribute: false }, found: { state: true }, problem: { state: true }, related: { state: true }, copied: { state: true } };

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.abort();
  }

  willUpdate(changed) {
    if (!changed.has('eventId')) return;
    this.stop?.abort();
    this.found = this.held.find(entry => entry.seq && (entry.id ?? String(entry.seq)) === this.eventId) ?? null;
    this.problem = null;
    this.related = null;
    this.copied = null;
    this.#ask();
  }

  async #ask() {
    const stop = (this.stop = new AbortController());
    try {
      this.found ??= await eventOf(this.eventId, stop.signal);
      if (stop.signal.aborted) return;
      if (!this.found) this.problem = { status: 404, message: 'The log has no event of this id. Retention may have taken it, or it is still to be sealed.' };
      else this.related = await relatedTo(this.found, stop.signal);
    } catch (problem) {
      if (stop.signal.aborted) return;
      if (this.found) this.related = { problem };
      else this.problem = problem;
    }
  }

  render() {
    if (this.problem) return failure(this.problem, () => { this.problem = null; this.#ask(); });
    return this.found ? this.#all(this.found) : loading(12, 'the event');
  }

  #all(event) {
    return html`
      <header class="event-head">${severityMark(event.severity)}<h2><bdi>${capital(event.title)}</bdi></h2></header>
      <p>${SEVERITIES[event.severity]}, ${event.raw.outcome ? html`<bdi>${textOf(event.raw.outcome)}</bdi>, ` : nothing}${moment(new Date(event.at).toISOString())}, ${ago(event.at)}
        <span class="faint">(${utc(event.at)})</span></p>
      <dl class="facts-list">
        ${this.#fact('Who', event.raw.actor, 'actor')}
        ${this.#fact('From where', event.raw.source, 'source')}
        ${this.#fact('What it was done to', event.raw.target, 'q')}
        ${this.#fact('Why', event.reason && textOf(event.raw.reason).replaceAll('_', ' '))}
        ${detailsOf(event, LONG).map(([name, value]) => this.#fact(capital(name), value))}
        ${this.#fact('Seen by', event.raw.node)}
        ${this.#fact('Recorded by Koda as', event.raw.origin)}
        ${this.#fact('Taken out because secret', event.raw.redactions)}
        ${this.#fact('Type', event.raw.type, /^[a-z0-9_.]+$/.test(event.raw.type) ? 'type' : null)}
        ${this.#fact('Code', event.raw.code)}
      </dl>
      <h3>In the chain</h3>
      <dl class="facts-list">
        <div><dt>Number</dt><dd>${number(event.seq)}, sealed ${moment(event.raw.sealed_at)}</dd></div>
        <div><dt>Hash</dt><dd><code>${event.raw.hash}</code></dd></div>
        <div><dt>Hash before it</dt><dd><code>${event.raw.previous}</code></dd></div>
      </dl>
      <h3>Within ten minutes</h3>
      ${this.#about()}
      <h3>As JSON</h3>
      <div class="copies">${this.#copy('Copy JSON', () => jsonOf(event))}${this.#copy('Copy as curl', () => curl(event))}<span role="status" class="faint">${this.copied}</span></div>
      <pre class="command json" tabindex="0" aria-label="The event as JSON"><code>${jsonOf(event)}</code></pre>`;
  }

  #fact(name, value, filter) {
    const text = textOf(value, LONG);
    if (!text) return nothing;
    const isFilter = filter && typeof value === 'string' && value.length <= 200;
    return html`<div><dt><bdi>${name}</bdi></dt><dd><bdi>${text}</bdi>
      ${isFilter ? html`<a class="small" href=${route.link({ view: 'audit', [filter]: value }, { fresh: true })} @click=${follow}>show only these</a>` : nothing}</dd></div>`;
  }

  #about() {
    if (!this.related) return loading(3, 'what happened about it');
    if (this.related.problem) return html`<p class="faint">Cannot be shown: ${this.related.problem.message}</p>`;
    const { items, isMore } = this.related;
    if (!items.length) return html`<p class="faint">Nothing else has its actor, source or target.</p>`;
    return html`<ul class="lines related">${items.slice(0, SHOWN).map(({ event, why }) => html`<li>${severityMark(event.severity)}
      <a href=${route.link({ event: event.id ?? event.seq })} @click=${follow}><bdi>${capital(event.title)}</bdi></a>
      <bdi class="faint clip">${[event.actor, event.source].filter(Boolean).join(' · ')}</bdi>
      <span class="faint">${words(why.join(', '))} · ${moment(new Date(event.at).toISOString())}</span></li>`)}</ul>
      ${items.length > SHOWN ? html`<p class="faint">and ${number(items.length - SHOWN)}${isMore ? ' or more' : ' more'}</p>` : nothing}`;
  }

  #copy(name, text) {
    return html`<button @click=${async () => {
      try {
        await navigator.clipboard.writeText(text());
        this.copied = 'Copied.';
      } catch {
        this.copied = 'The browser does not let this page copy; select the text below instead.';
      }
    }}>${name}</button>`;
  }
}

/** The credential comes from a file: a command line is seen by others and kept in histories. */
function curl(event) {
  return `# .koda-local/auth holds one line: Authorization: Bearer, and the token\ncurl -s -H @.koda-local/auth '${location.origin}${API}${pathOf(event.seq)}'\n`;
}

customElements.define('koda-event', EventDetails);

/** The drawer of an event, which may be one of those that are held. */
export function eventDrawer(id, held, close) {
  return drawer('Audit event', html`<koda-event .held=${held} .eventId=${id}></koda-event>`, close);
}
