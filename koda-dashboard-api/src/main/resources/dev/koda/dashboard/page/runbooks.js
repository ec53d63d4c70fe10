import { html, nothing } from 'lit';

/** The alerts that are about a check, by its name: what fires when it fails, and what when it warns if that is another. */
const ALERTS = [
  [/^postgres\.(dns|tcp|tls|auth|round-trip)$/, 'KodaPostgresDown'],
  [/^postgres\.connections$/, 'KodaPostgresConnectionsHigh'],
  [/^postgres\.replication-lag$/, 'KodaReplicationLag'],
  [/^backup\.age$/, 'KodaBackupTooOld', 'KodaBackupSuspicious'],
  [/^disk\.space$/, 'KodaDiskSpaceLow', 'KodaDiskSpaceWarning'],
  [/^object-store\.(bucket|canary)$/, 'KodaObjectStoreFailing'],
  [/^tls\.certificate$/, 'KodaCertificateBroken', 'KodaCertificateExpires'],
  [/^provider\./, 'KodaIntegrationFailing'],
  [/^runtime\.readiness$/, 'KodaNotReady'],
  [/^runtime\.event-loop$/, 'KodaEventLoopSlow'],
  [/./, 'KodaCheckFailing', 'KodaCheckWarning'],
];

/** A link to the runbook of a check that does not pass; nothing for one that does. */
export function checkRunbook(check) {
  if (check.status === 'pass') return nothing;
  const [, failing, warning = failing] = ALERTS.find(([name]) => name.test(check.id));
  return html` · ${runbook(check.status === 'fail' ? failing : warning)}`;
}

/** A link to the runbook of an alert. */
export function runbook(alert) {
  return html`<a href="/docs/runbooks/${alert}" target="_blank" rel="noreferrer">runbook</a>`;
}
