/** The {@code koda} command: one class for each command; {@code KodaMain} alone reads the environment and exits. */
@NullMarked
package dev.koda.cli;

import org.jspecify.annotations.NullMarked;
