import { html } from 'lit';
import { Part } from './element.js';

/**
 * A panel over the view that shows one thing in full. `label` names it and `content` is a template; `close` is told when
 * it should go away. It has the focus while it is open, and gives it back to where it was.
 */
class Drawer extends Part {
  static properties = { label: {}, content: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    this.former = document.activeElement;
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.former?.isConnected) this.former.focus();
  }

  render() {
    return html`<dialog class="drawer" aria-label=${this.label} @cancel=${this.#cancel} @click=${this.#outside}>
      <div class="drawer-body">
        <button class="quiet drawer-close" @click=${this.#close} aria-label="Close (Esc)" title="Close (Esc)">✕</button>
        ${this.content}
      </div>
    </dialog>`;
  }

  #cancel(event) {
    event.preventDefault();
    this.#close();
  }

  #outside(event) {
    if (event.target === event.currentTarget) this.#close();
  }

  #close() {
    this.dispatchEvent(new Event('close'));
  }
}

customElements.define('koda-drawer', Drawer);

/** An open drawer. */
export function drawer(label, content, close) {
  return html`<koda-drawer .label=${label} .content=${content} @close=${close}></koda-drawer>`;
}
