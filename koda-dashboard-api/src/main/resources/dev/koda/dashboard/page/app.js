import { html, nothing } from 'lit';
import { Part } from './element.js';
import { Keys } from './keys.js';
import { Readiness, readinessBar } from './readiness.js';
import { Routed, follow, route } from './route.js';
import { Signed, session } from './session.js';
import { empty, loading } from './states.js';
import { wordmark } from './wordmark.js';
import './ago.js';
import './help.js';
import './login.js';

/** The first view is wanted at once, the others when it stands. */
const OTHERS_MS = 1000;

/**
 * The frame of the page: who is signed in, which view is shown, and the keys that hold everywhere.
 *
 * A view is an element in a module of its own, with its style sheet beside it; both are named in files.txt. It is entered
 * in VIEWS, keeps its filters in the address (route.js), asks the API through a Poll (poll.js), and shows the states of
 * states.js when there is nothing to show.
 */
const VIEWS = {
  overview: { name: 'Overview', load: () => import('./overview.js'), show: () => html`<koda-overview></koda-overview>` },
  integrations: { name: 'Integrations', load: () => import('./integrations.js'), show: () => html`<koda-integrations></koda-integrations>` },
  checks: { name: 'Checks', load: () => import('./checks.js'), show: () => html`<koda-checks></koda-checks>` },
  audit: { name: 'Audit', load: () => import('./audit.js'), show: () => html`<koda-audit></koda-audit>` },
  incidents: { name: 'Incidents', load: () => import('./incidents.js'), show: () => html`<koda-incidents></koda-incidents>` },
};

class App extends Part {
  static properties = { isHelping: { state: true } };

  constructor() {
    super();
    this.isHelping = false;
    this.loaded = new Set();
    this.broken = new Set();
    this.ready = new Readiness(this);
    new Signed(this);
    new Routed(this, () => this.#arrive());
    new Keys(this, {
      '?': () => { this.isHelping = true; },
      '/': () => this.#search(),
      ...Object.fromEntries(Object.keys(VIEWS).map((view, i) => [String(i + 1), () => this.#open(view)])),
    });
  }

  connectedCallback() {
    super.connectedCallback();
    session.begin();
    this.#load(this.#view());
    setTimeout(() => Object.values(VIEWS).forEach(view => this.#load(view)), OTHERS_MS);
  }

  async #load(view) {
    try {
      await view.load();
      this.loaded.add(view);
      this.broken.delete(view);
    } catch {
      this.broken.add(view);
    }
    this.requestUpdate();
  }

  render() {
    if (session.state === 'unknown') return html`<main class="boot" aria-busy="true"></main>`;
    if (session.state !== 'in') return html`<koda-login></koda-login>`;
    return this.#frame();
  }

  updated() {
    const view = session.state === 'in' ? this.#view().name + ' – ' : '';
    document.title = (this.ready.trouble ? 'Not ready – ' : '') + view + 'Koda operations';
  }

  #view() {
    return Object.hasOwn(VIEWS, route.view) ? VIEWS[route.view] : VIEWS.overview;
  }

  #frame() {
    return html`
      <a class="skip" href="#view" @click=${this.#skip}>Skip to the view</a>
      <header class="top">
        <a class="wordmark" href=${route.link({}, { fresh: true })} @click=${follow}>
          ${wordmark(24)}
        </a>
        <nav aria-label="Views">${Object.entries(VIEWS).map(([id, view]) => this.#tab(id, view))}</nav>
        <div class="who">
          <button class="quiet" @click=${() => { this.isHelping = true; }} aria-label="Keys and help (?)" title="Keys and help (?)">?</button>
          <span class="name" title="${session.who.name}, ${session.who.role}"><bdi>${session.who.name}</bdi> <small>${session.who.role}</small></span>
          ${session.who.means === 'proxy' ? nothing : html`<button class="quiet" @click=${() => session.logOut()}>Log out</button>`}
        </div>
      </header>
      <main id="view" tabindex="-1">${this.#view() === VIEWS.overview ? nothing : readinessBar(this.ready)}${this.#shown()}</main>
      ${this.isHelping ? html`<koda-help @close=${() => { this.isHelping = false; }}></koda-help>` : nothing}`;
  }

  #shown() {
    const view = this.#view();
    if (this.loaded.has(view)) return view.show();
    return this.broken.has(view) ? outdated() : html`<section class="panel">${loading(14, 'the view')}</section>`;
  }

  #tab(id, view) {
    const isHere = this.#view() === view;
    return html`<a href=${route.link({ view: id === 'overview' ? '' : id }, { fresh: true })} @click=${follow}
      aria-current=${isHere ? 'page' : 'false'}>${view.name}</a>`;
  }

  #open(view) {
    route.go({ view: view === 'overview' ? '' : view }, { fresh: true });
  }

  #arrive() {
    if (this.shownView !== route.view) scrollTo(0, 0);
    this.shownView = route.view;
    this.#load(this.#view());
  }

  #search() {
    const field = this.querySelector('input[type=search]');
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  }

  #skip(event) {
    event.preventDefault();
    document.getElementById('view').focus();
  }
}

/** Another build serves the page by now, or nobody does. */
function outdated() {
  return empty('This view cannot be loaded', 'The server has been updated since, or does not answer.',
    html`<button @click=${() => location.reload()}>Load the page again</button>`);
}

customElements.define('koda-app', App);
