/**
 * Metrics of a Koda that runs elsewhere, read from the tables of its database: gauges by asking again, counters by adding
 * up new rows of tables that only grow. One of several servers reads at a time.
 */
@NullMarked
package dev.koda.server.collectors;

import org.jspecify.annotations.NullMarked;
