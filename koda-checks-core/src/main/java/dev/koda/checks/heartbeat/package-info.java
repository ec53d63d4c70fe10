/**
 * Signs of life that somebody sends. {@link dev.koda.checks.heartbeat.Heartbeats} knows which are expected, and asks whoever
 * keeps them.
 */
@NullMarked
package dev.koda.checks.heartbeat;

import org.jspecify.annotations.NullMarked;
