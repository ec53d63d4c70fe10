/** Checks of the secrets: are they there, real, strong, each for one purpose, and in files that only their owner reads. */
@NullMarked
package dev.koda.checks.secrets;

import org.jspecify.annotations.NullMarked;
