/** Checks of the settings themselves: are they readable, complete, of their types, fit for production. */
@NullMarked
package dev.koda.checks.config;

import org.jspecify.annotations.NullMarked;
