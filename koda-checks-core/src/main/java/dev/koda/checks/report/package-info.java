/** A report as bytes: its one JSON, {@code application/health+json}, and OpenMetrics text. Needs jackson-core. */
@NullMarked
package dev.koda.checks.report;

import org.jspecify.annotations.NullMarked;
