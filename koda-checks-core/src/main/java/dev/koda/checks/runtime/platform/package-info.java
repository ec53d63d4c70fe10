/** Checks of a Koda platform at work, asked in the tables that its own processes write. */
@NullMarked
package dev.koda.checks.runtime.platform;

import org.jspecify.annotations.NullMarked;
