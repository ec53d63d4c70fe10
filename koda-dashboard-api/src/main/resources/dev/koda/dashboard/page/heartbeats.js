import { html, nothing } from 'lit';
import { number } from './format.js';
import { nameOf, statusOf, worstFirst } from './report.js';
import { follow, route } from './route.js';
import { mark, statusWord } from './status.js';

const BEATS = 12;

/** The checks of koda.yaml that wait for a sign of life; the documentation that they lead to tells them. */
export function heartbeats(report) {
  const all = worstFirst((report?.checks ?? []).filter(check => check.docs?.endsWith('#heartbeat')));
  if (!all.length) return nothing;
  return html`<section aria-labelledby="beats-title" class="panel">
    <header><h2 id="beats-title">Heartbeats</h2>${all.length > BEATS ? html`<span class="faint">the worst ${BEATS} of ${number(all.length)}</span>` : nothing}</header>
    <ul class="lines">${all.slice(0, BEATS).map(check => html`<li>${mark(statusOf(check))}<span class="sr">${statusWord(statusOf(check))}: </span>
      <a href=${route.link({ view: 'checks', open: nameOf(check) }, { fresh: true })} @click=${follow}><bdi>${check.title}</bdi></a>
      <bdi class="faint clip">${check.message}</bdi></li>`)}</ul>
  </section>`;
}
