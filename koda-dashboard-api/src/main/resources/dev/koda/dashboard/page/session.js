import { credentials, get, post, remove } from './api.js';

const RANKS = ['viewer', 'operator', 'admin'];

/**
 * Who uses the page. `state` is `unknown` until the server has said, then `in` or `out`; `ended` if it was `in` before;
 * `unreachable` if nobody answers; `storeless` if operators are not known for now. A change tells who listens.
 */
class Session extends EventTarget {
  state = 'unknown';
  who = null;
  /** What the server said last when it let nobody in; null if it said nothing of interest. */
  problem = null;

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.#look());
    addEventListener('hashchange', () => linkOf(location.hash) && this.begin());
    credentials.ended = problem => this.state === 'in' && this.#become('ended', null, problem);
  }

  /** True if who is signed in has at least this role. */
  may(role) {
    return this.who !== null && RANKS.indexOf(this.who.role) >= RANKS.indexOf(role);
  }

  /** Follows the login link in the address, which is taken out of it first; else asks who this is. */
  async begin() {
    const link = linkOf(location.hash);
    if (!link) {
      await this.ask();
      return;
    }
    history.replaceState(null, '', location.pathname + location.search);
    const problem = await this.#logIn({ link });
    // Who is signed in already stays so when the link was used before.
    if (problem) await this.ask(problem);
  }

  /** Asks who this is; `former` is what is shown if it is nobody. */
  async ask(former = null) {
    try {
      this.#become('in', await get('/session', {}, { isLogin: true }));
    } catch (problem) {
      this.#outside(problem, former ?? (problem.reason === 'credential_missing' ? null : problem));
    }
  }

  /** Resolves to the problem if there was one, else to null. */
  async logIn(name, token) {
    return this.#logIn({ name, token });
  }

  async logOut() {
    try {
      await remove('/session');
    } catch (problem) {
      if (problem.reason === 'csrf_rejected') return this.#logOutOther();
      if (problem.status !== 401) return this.#outside(problem, problem);
    }
    return this.#become('out', null);
  }

  /** Somebody has logged in in another tab, and the session is theirs now. */
  async #logOutOther() {
    await this.ask();
    await remove('/session').catch(() => null);
    this.#become('out', null);
  }

  /** Another tab may have logged somebody else in, or out. */
  async #look() {
    if (document.hidden || this.state !== 'in') return;
    const who = await get('/session', {}, { isLogin: true }).catch(problem => (problem.status === 401 ? problem : null));
    if (who?.status === 401) this.#become('ended', null, who);
    else if (who) this.#become('in', who);
  }

  async #logIn(body) {
    try {
      this.#become('in', await post('/session', body, { isLogin: true }));
      return null;
    } catch (problem) {
      const state = problem.isStoreDown ? 'storeless' : 'out';
      this.#become(state, null, problem);
      return problem;
    }
  }

  #outside(problem, shown) {
    const isBusy = problem.isUnreachable || problem.status === 429 || problem.status >= 500;
    const state = problem.isStoreDown ? 'storeless' : isBusy ? 'unreachable' : 'out';
    this.#become(state, null, shown);
  }

  #become(state, who, problem = null) {
    this.state = state;
    this.who = who;
    this.problem = problem;
    credentials.csrf = who?.csrf ?? null;
    this.dispatchEvent(new Event('change'));
  }
}

function linkOf(fragment) {
  return new URLSearchParams(fragment.slice(1)).get('login');
}

export const session = new Session();

/** Renders its host again whenever somebody comes or goes. */
export class Signed {
  constructor(host) {
    this.heard = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    session.addEventListener('change', this.heard);
  }

  hostDisconnected() {
    session.removeEventListener('change', this.heard);
  }
}
