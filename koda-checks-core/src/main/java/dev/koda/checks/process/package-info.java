/**
 * Runs foreign programs within bounds, for checks that ask one: {@link dev.koda.checks.process.Commands}.
 */
@NullMarked
package dev.koda.checks.process;

import org.jspecify.annotations.NullMarked;
