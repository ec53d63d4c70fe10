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
    credentials.ended = problem => this.state === 'in' && this.#become('ended', null, problem);
  }

  /** True if who is signed in has at least this role. */
  may(role) {
    return this.who !== null && RANKS.indexOf(this.who.role) >= RANKS.indexOf(role);
  }

  /** Follows the login link in the address, which is taken out of it first; else asks who this is. */
  async begin() {
    const link = new URLSearchParams(location.hash.slice(1)).get('login');
    if (link) {
      history.replaceState(null, '', location.pathname + location.search);
      await this.#logIn({ link });
    } else {
      await this.ask();
    }
  }

  async ask() {
    try {
      this.#become('in', await get('/session', {}, { isLogin: true }));
    } catch (problem) {
      this.#outside(problem, problem.reason === 'credential_missing' ? null : problem);
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
      if (problem.status !== 401) throw problem;
    }
    this.#become('out', null);
  }

  async #logIn(body) {
    try {
      this.#become('in', await post('/session', body, { isLogin: true }));
      return null;
    } catch (problem) {
      this.#outside(problem, problem);
      return problem;
    }
  }

  #outside(problem, shown) {
    const state = problem.isUnreachable ? 'unreachable' : problem.isStoreDown ? 'storeless' : 'out';
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
