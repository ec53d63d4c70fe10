import { html, nothing } from 'lit';
import { readiness } from './api.js';
import { Part } from './element.js';
import { words } from './format.js';
import { Poll } from './poll.js';
import { Signed, session } from './session.js';
import { mark } from './status.js';
import { wordmark } from './wordmark.js';

const WHY = {
  ended: ['You are signed out', 'Your session has ended. What you looked at is still in the address: sign in and go on.'],
  storeless: ['Operators are not known for now', 'The operations store does not answer. The name break-glass with the token of the settings works without it.'],
  unreachable: ['The server cannot be reached', 'The page asks again until it answers.'],
  out: ['Sign in', 'With a link that koda login-link prints, or with your name and your token.'],
};

/** Lets somebody in by name and token. Readiness is no secret, so it is shown to who stands outside, too. */
class Login extends Part {
  static properties = { isAsking: { state: true } };

  constructor() {
    super();
    this.isAsking = false;
    new Signed(this);
    this.ready = new Poll(this, async signal => {
      const answer = await readiness({ signal });
      if (session.state === 'unreachable' || (session.state === 'storeless' && !this.isAsking)) session.ask(session.problem);
      return answer;
    }, 5000);
  }

  render() {
    const [title, text] = WHY[session.state] ?? WHY.out;
    return html`<main class="login">
      <form class="card" @submit=${this.#submit} aria-labelledby="login-title">
        <p class="wordmark">${wordmark(28)}</p>
        <h1 id="login-title">${title}</h1>
        <p class="faint">${text}</p>
        ${session.problem && session.state !== 'unreachable' && session.state !== 'ended' ? html`<p class="notice fail" role="alert">${this.#refused(session.problem)}</p>` : nothing}
        <label>Name<input name="name" autocomplete="username" required maxlength="100" spellcheck="false" autocapitalize="off"></label>
        <label>Token<input name="token" type="password" autocomplete="current-password" required></label>
        <button class="primary" ?disabled=${this.isAsking}>${this.isAsking ? 'Signing in…' : 'Sign in'}</button>
        <p class="faint small">On the machine itself: <code>koda login-link</code>. It needs the operations store; without it the name <code>break-glass</code> works with a
          <code>CONTROL_PLANE_API_TOKEN</code> of the settings.</p>
      </form>
      <p class="outside">${this.#readiness()}</p>
    </main>`;
  }

  #refused(problem) {
    const wait = problem.retryAfter ? ` Try again in ${problem.retryAfter} seconds.` : '';
    return problem.message + wait;
  }

  #readiness() {
    const answer = this.ready.data;
    if (this.ready.error) return html`${mark('fail')} ${this.ready.error.message}`;
    if (!answer) return nothing;
    const reasons = (answer.reasons ?? []).map(words).join(', ');
    return answer.ready ? html`${mark(answer.status)} The stack is ready.` : html`${mark('fail')} The stack is not ready${reasons ? ': ' + reasons : ''}.`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.isAsking = true;
    const problem = await session.logIn(form.get('name').trim(), form.get('token').trim());
    this.isAsking = false;
    if (problem) this.querySelector('input[name=token]')?.select();
  }
}

customElements.define('koda-login', Login);
