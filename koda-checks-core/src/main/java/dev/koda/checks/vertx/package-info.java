/** The engine in a Vert.x application: its time on an event loop, and its probes. Needs {@code vertx-core}. */
@NullMarked
package dev.koda.checks.vertx;

import org.jspecify.annotations.NullMarked;
