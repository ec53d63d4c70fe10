/**
 * Checks of the running process: whether it takes work, whether its background loops and its event loop still turn, and
 * what its readiness says. {@link dev.koda.checks.runtime.RuntimeGate}, {@link dev.koda.checks.runtime.Loops} and {@link
 * dev.koda.checks.runtime.EventLoopLag} are for the application that embeds them.
 */
@NullMarked
package dev.koda.checks.runtime;

import org.jspecify.annotations.NullMarked;
