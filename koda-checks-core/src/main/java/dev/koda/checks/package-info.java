/**
 * The vocabulary: what a check is, what it returns and what a report says.
 *
 * <pre>{@code
 * var engine = CheckEngine.builder()
 *         .check(CheckSpec.of("cache.ping").in(Suite.DOCTOR).run(ctx -> cache.ping()
 *                 .thenApply(ms -> Outcome.pass("answers in " + ms + " ms"))))
 *         .start();
 * engine.run(Suite.DOCTOR).thenAccept(report -> System.out.println(report.status()));
 * }</pre>
 *
 * <p>This package and {@code dev.koda.checks.engine} need the JDK and nothing else.
 */
@NullMarked
package dev.koda.checks;

import org.jspecify.annotations.NullMarked;
