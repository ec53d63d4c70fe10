/**
 * The way for an application that is a Koda, or part of one, to record what happens in it. One method for each event, which
 * feeds every metric that the event is part of; names, labels and buckets are those of Koda's own exporter.
 *
 * <pre>{@code
 * var meters = KodaMeters.in(registry);
 * meters.tools().executed("atlas", "web_search", "completed");
 * var answered = meters.requests().bind("atlas", "anthropic", "claude-sonnet", "completed"); // once
 * answered.ended(tookNanos, 0.0042); // often: 0 B
 * }</pre>
 *
 * <p>Label values are ids and words of a small set, never texts: what is longer than 64 characters, has others than letters,
 * digits and {@code _.:/-}, or comes when a label has as many values as it may, is shown as {@code other} and counted in
 * {@code koda_metrics_label_overflow_total}. An application that serves one agent calls it {@code default}.
 */
@NullMarked
package dev.koda.checks.meters.events;

import org.jspecify.annotations.NullMarked;
