package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of the status that counts.
 *
 * @param id the check
 * @param before the old status, or null for the first result and for what a new subscriber is told at once
 * @param result the new result
 * @param at when, by the wall clock
 */
public record CheckEvent(CheckId id, @Nullable Status before, CheckResult result, Instant at) {}
