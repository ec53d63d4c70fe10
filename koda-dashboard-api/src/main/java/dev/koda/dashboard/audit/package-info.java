/**
 * What happened that matters to security: {@link dev.koda.dashboard.audit.AuditEvent}s, given to the one
 * {@link dev.koda.dashboard.audit.AuditTrail}.
 */
@NullMarked
package dev.koda.dashboard.audit;

import org.jspecify.annotations.NullMarked;
