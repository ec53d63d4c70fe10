/** What the engine costs: run by hand, never a test. */
@NullMarked
package dev.koda.benchmarks;

import org.jspecify.annotations.NullMarked;
