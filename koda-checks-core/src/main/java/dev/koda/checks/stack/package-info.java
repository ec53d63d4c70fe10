/** From settings to suites: the only place that knows both the settings and the features. */
@NullMarked
package dev.koda.checks.stack;

import org.jspecify.annotations.NullMarked;
