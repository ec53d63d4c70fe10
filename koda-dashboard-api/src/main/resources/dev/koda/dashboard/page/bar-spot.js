import { render } from 'lit';
import { activate, tip } from './bars.js';
import { barText } from './integration-row.js';

const HOVER_MS = 120;

/**
 * Where the pointer or the keyboard is among the bars of a list, with what is said of that bar. The host lists rows with
 * `data-index`, has an element `.bar-tip`, and gives the handlers of this to its list. `chartOf` says what the bars are,
 * `itemOf` whose row an element is in, `ask` resolves to the history of an item, and `open` follows a bar.
 */
export class BarSpot {
  /** By id: the newest history that is known, and for which item one was asked for last. */
  #histories = new Map();
  #asked = new Map();
  #spot = null;

  constructor(host, { chartOf, itemOf, ask, open }) {
    Object.assign(this, { host, chartOf, itemOf, ask, open });
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.waiting);
  }

  /** New data, which are other items, are told of at once where the pointer or the keyboard is. */
  hostUpdated() {
    if (!this.#spot) return;
    const { place, item, bar } = this.#spot;
    const now = this.itemOf(place);
    if (now === item) return;
    if (now && bar < now.bars.length) this.#show({ place, item: now, bar });
    else this.left();
  }

  /** What was asked for is of another question. */
  forget() {
    this.#histories.clear();
    this.#asked.clear();
    this.left();
  }

  left = () => {
    if (!this.#spot) return;
    activate(this.#spot.place, null);
    this.#spot = null;
    clearTimeout(this.waiting);
    this.host.querySelector('.bar-tip').hidden = true;
  };

  moved = event => {
    const at = this.#under(event);
    if (!at) this.left();
    else if (this.#spot?.place !== at.place || this.#spot.bar !== at.bar) this.#show(at);
  };

  clicked = event => {
    const at = this.#under(event);
    if (at) this.open(at.item, at.bar);
  };

  pressed = event => {
    const place = event.target.closest('.int-row')?.querySelector('.bars-place');
    const item = place && this.itemOf(place);
    if (!item || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target !== place) {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      place.focus();
    }
    const now = this.#spot?.place === place ? this.#spot.bar : null;
    const last = item.bars.length - 1;
    const next = { ArrowLeft: (now ?? last + 1) - 1, ArrowRight: (now ?? last - 1) + 1, Home: 0, End: last }[event.key];
    if (next !== undefined) this.#show({ place, item, bar: Math.min(last, Math.max(0, next)) });
    else if (event.key === 'Enter') this.open(item, now ?? last);
    else return;
    event.preventDefault();
  };

  #under(event) {
    const place = event.target.closest('.bars-place');
    const item = place && this.itemOf(place);
    if (!item) return null;
    const box = place.getBoundingClientRect();
    const bar = Math.floor((event.clientX - box.left) / box.width * item.bars.length);
    return { place, item, bar: Math.min(item.bars.length - 1, Math.max(0, bar)) };
  }

  /** The counts of a bar come from its history, which is asked for once for all the bars of an item. */
  #show(at) {
    if (this.#spot && this.#spot.place !== at.place) activate(this.#spot.place, null);
    this.#spot = at;
    activate(at.place, at.bar);
    at.place.setAttribute('aria-valuenow', at.bar + 1);
    at.place.setAttribute('aria-valuetext', barText(at.item, at.bar, this.chartOf()));
    this.#tell(at);
    clearTimeout(this.waiting);
    if (this.#asked.get(at.item.id) !== at.item) this.waiting = setTimeout(() => this.#askFor(at), HOVER_MS);
  }

  /** What cannot be had is asked for again at the next bar. */
  async #askFor({ place, item }) {
    this.#asked.set(item.id, item);
    const history = await this.ask(item).catch(() => null);
    if (this.#asked.get(item.id) !== item) return;
    if (history) this.#histories.set(item.id, history);
    else this.#asked.delete(item.id);
    if (this.#spot?.place === place) this.#tell(this.#spot);
  }

  #tell({ place, item, bar }) {
    const element = this.host.querySelector('.bar-tip');
    element.hidden = false;
    render(tip({ item, index: bar, chart: this.chartOf(), history: this.#histories.get(item.id) }), element);
    const box = place.getBoundingClientRect();
    const left = box.left + (bar + 0.5) / item.bars.length * box.width - element.offsetWidth / 2;
    element.style.left = `${Math.max(8, Math.min(innerWidth - element.offsetWidth - 8, left))}px`;
    const above = box.top - element.offsetHeight - 6;
    element.style.top = `${above < 60 ? box.bottom + 6 : above}px`;
  }
}
