import { get } from './api.js';
import { known } from './event-words.js';

const AROUND_MS = 600_000;
const LIMIT = 50;

/** The event of this id or number, or null if the log has none. */
export async function eventOf(id, signal) {
  try {
    return known(await get(pathOf(id), {}, { signal }));
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

export function pathOf(id) {
  return `/audit/events/${encodeURIComponent(id)}`;
}

function spanAbout(at, milliseconds) {
  return { from: new Date(Math.max(0, at - milliseconds)).toISOString(), to: new Date(at + milliseconds).toISOString() };
}

/**
 * What happened within ten minutes of an event that has its actor, source or target: `items` are pairs of event and words for
 * why, and `isMore` is true if there are others.
 */
export async function relatedTo(event, signal) {
  const span = spanAbout(event.at, AROUND_MS);
  const asked = [
    ['same actor', 'actor', event.raw.actor],
    ['same source', 'source', event.raw.source],
    ['same target', 'q', event.raw.target],
  ].filter(([, , value]) => typeof value === 'string' && value.trim() && value.length <= 200);
  const pages = await Promise.all(asked.map(([, name, value]) => get('/audit/events', { ...span, [name]: value, limit: LIMIT }, { signal })));
  const found = new Map();
  pages.forEach((page, i) => page.items.filter(raw => raw.seq !== event.seq).forEach(raw => {
    if (!found.has(raw.seq)) found.set(raw.seq, { event: known(raw), why: [] });
    found.get(raw.seq).why.push(asked[i][0]);
  }));
  const items = [...found.values()].sort((one, other) => nearness(one, event) - nearness(other, event));
  return { items, isMore: pages.some(page => page.next_cursor) };
}

/** What shares more stands first, then what is nearer in the log. */
function nearness({ event, why }, to) {
  return Math.abs(event.seq - to.seq) / 10 ** why.length;
}
