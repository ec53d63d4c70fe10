/** Checks of the keys of model providers: does the provider, or Koda's control plane that holds them, accept each? */
@NullMarked
package dev.koda.checks.provider;

import org.jspecify.annotations.NullMarked;
