/**
 * What a Koda install says is connected to it: read from the tables of its control plane, and never written.
 * {@link dev.koda.dashboard.connections.KodaConnections} is the door.
 */
@NullMarked
package dev.koda.dashboard.connections;

import org.jspecify.annotations.NullMarked;
