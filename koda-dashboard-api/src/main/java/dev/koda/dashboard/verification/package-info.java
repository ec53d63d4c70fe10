/**
 * What is known about integrations over time: each verification with its status, reason and latency, the exact intervals
 * of a status, roll-ups, incidents, and marks where a credential or a configuration changed. What the doctor of a server
 * finds is kept the same way.
 *
 * <p>A result vouches for a while, a little longer than until the next one is due. What no result vouches for is unknown,
 * and counts neither as up nor as down. {@link dev.koda.dashboard.verification.VerificationHistory} is the door.
 */
@NullMarked
package dev.koda.dashboard.verification;

import org.jspecify.annotations.NullMarked;
