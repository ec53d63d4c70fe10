import { html, nothing } from 'lit';
import { get, post } from './api.js';
import { Part } from './element.js';
import { capital } from './event-words.js';

/** Adds an annotation at the present time; the event `koda-noted` brings the answer of the server. */
class NoteForm extends Part {
  static properties = { integrations: { state: true }, problem: { state: true }, isSending: { state: true } };

  constructor() {
    super();
    this.integrations = [];
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.integrations = (await get('/integrations', { limit: 500 })).items;
    } catch {
      // A note can be about all: without the list that is what it is about.
      this.integrations = [];
    }
  }

  render() {
    return html`<form class="note-form" @submit=${this.#send} aria-label="Note what happened">
      <label class="filter"><span>Kind</span><select name="kind"><option value="note">Note</option><option value="deploy">Deploy</option><option value="maintenance">Maintenance</option><option value="rotation">Credential rotated</option></select></label>
      <label class="filter wide"><span>What happened, now</span><input name="text" required maxlength="500" autocomplete="off" placeholder="version 2.3 is out"></label>
      <label class="filter"><span>About</span><select name="integration"><option value="">everything</option>
        ${this.integrations.map(one => html`<option value=${one.id}>${one.name}</option>`)}</select></label>
      <button ?disabled=${this.isSending}>Add</button>
      ${this.problem ? html`<p class="notice warn" role="alert">Not added. ${capital(this.problem.message)}</p>` : nothing}
    </form>`;
  }

  #send = async event => {
    event.preventDefault();
    const form = event.target;
    const { kind, text, integration } = Object.fromEntries(new FormData(form));
    this.isSending = true;
    this.problem = null;
    try {
      const noted = await post('/annotations', integration ? { kind, text, integration } : { kind, text });
      form.elements.text.value = '';
      this.dispatchEvent(new CustomEvent('koda-noted', { detail: noted }));
    } catch (problem) {
      this.problem = problem;
    }
    this.isSending = false;
  };
}

customElements.define('koda-note-form', NoteForm);
