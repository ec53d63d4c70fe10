/** The engine: turns every way of going wrong into a result, and a suite of results into a report. */
@NullMarked
package dev.koda.checks.engine;

import org.jspecify.annotations.NullMarked;
