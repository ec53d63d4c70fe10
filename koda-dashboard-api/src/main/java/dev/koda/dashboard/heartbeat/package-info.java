/** Hears the heartbeats that koda.yaml expects, and keeps the last of each in the operations store. */
@NullMarked
package dev.koda.dashboard.heartbeat;

import org.jspecify.annotations.NullMarked;
