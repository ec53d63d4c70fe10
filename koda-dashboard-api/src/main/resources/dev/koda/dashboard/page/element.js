import { LitElement } from 'lit';

/**
 * An element of the page. It renders into the document itself: one style sheet, one set of ids and one outline hold for
 * all, for people, for screen readers and for tests.
 */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }
}
