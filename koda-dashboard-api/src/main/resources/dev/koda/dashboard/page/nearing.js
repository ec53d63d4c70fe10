/**
 * Tells its host when somebody comes near the end of what is drawn, so that more can be: `reached` is called after each update
 * that leaves the element of the selector on the screen or less than 800 px below it.
 */
export class Nearing {
  constructor(host, selector, reached) {
    this.host = host;
    this.selector = selector;
    this.observer = new IntersectionObserver(seen => seen.some(one => one.isIntersecting) && reached(), { rootMargin: '800px' });
    host.addController(this);
  }

  hostUpdated() {
    this.observer.disconnect();
    const end = this.host.querySelector(this.selector);
    if (end) this.observer.observe(end);
  }

  hostDisconnected() {
    this.observer.disconnect();
  }
}
