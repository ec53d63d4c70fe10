import { rank } from './status.js';

/** The name of a check as one writes it to select it: `disk.space[STATE_ROOT_DIR]`. */
export function nameOf(check) {
  return check.instance ? `${check.id}[${check.instance}]` : check.id;
}

/**
 * The checks of a report by category: those with the worst check first, and in each the worst first. What was not run
 * because of another check stands right behind that one.
 */
export function byCategory(checks) {
  const groups = new Map();
  for (const check of checks) {
    if (!groups.has(check.category)) groups.set(check.category, []);
    groups.get(check.category).push(check);
  }
  const sorted = [...groups].map(([category, members]) => ({ category, checks: worstFirst(members), status: worst(members) }));
  return sorted.sort((one, other) => rank(one.status) - rank(other.status));
}

/** What needs a look: each check that fails or warns of itself, the worst first, with those that were not run because of it. */
export function causes(checks) {
  const affected = Map.groupBy(checks.filter(check => check.root_cause), check => check.root_cause);
  const own = checks.filter(check => !check.root_cause && statusOf(check) !== 'pass');
  const found = worstFirst(own).map(check => ({ check, affected: affected.get(nameOf(check)) ?? affected.get(check.id) ?? [] }));
  const named = new Set(found.flatMap(cause => cause.affected));
  const orphans = checks.filter(check => check.root_cause && !named.has(check));
  return [...found, ...orphans.map(check => ({ check, affected: [] }))];
}

/**
 * One that was not run is a warning to programs; to people it is a consequence. And what has just failed is a warning to them,
 * though a check may fail some times before that counts.
 */
export function statusOf(check) {
  if (check.reason === 'not_run') return 'not_run';
  return check.status === 'pass' && check.raw_status === 'fail' ? 'warn' : check.status;
}

export function worstFirst(checks) {
  return [...checks].sort((one, other) => rank(statusOf(one)) - rank(statusOf(other)));
}

function worst(checks) {
  return worstFirst(checks).map(statusOf)[0];
}
