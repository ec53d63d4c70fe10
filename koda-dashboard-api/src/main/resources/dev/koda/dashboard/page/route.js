/**
 * The state of the page that a link carries: the view and its filters, as the query of the address. A change tells who
 * listens; so do Back and Forward.
 */
class Route extends EventTarget {
  constructor() {
    super();
    addEventListener('popstate', () => this.#tell());
  }

  /** The value of a parameter, or what it is when the address does not say. */
  get(name, otherwise = '') {
    return new URLSearchParams(location.search).get(name) ?? otherwise;
  }

  get view() {
    return this.get('view', 'overview');
  }

  /** The address with these parameters changed; '', null and undefined take one away. */
  link(changes, { fresh = false } = {}) {
    const query = new URLSearchParams(fresh ? '' : location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '' || value === null || value === undefined) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    return location.pathname + (text ? '?' + text : '');
  }

  /**
   * Goes there. A filter that is being typed replaces the address, a step that Back should undo does not.
   * With `fresh` nothing of the present state is kept.
   */
  go(changes, { replace = false, fresh = false } = {}) {
    const address = this.link(changes, { fresh });
    if (address === location.pathname + location.search) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

export const route = new Route();

/** Renders its host again whenever the address changes, and calls `changed` before. */
export class Routed {
  constructor(host, changed = () => {}) {
    this.heard = () => {
      changed();
      host.requestUpdate();
    };
    host.addController(this);
  }

  hostConnected() {
    route.addEventListener('change', this.heard);
  }

  hostDisconnected() {
    route.removeEventListener('change', this.heard);
  }
}

/** For a link inside of the page: goes there without loading it again, but leaves new tabs and the like to the browser. */
export function follow(event) {
  const link = event.currentTarget;
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  route.dispatchEvent(new Event('change'));
}
