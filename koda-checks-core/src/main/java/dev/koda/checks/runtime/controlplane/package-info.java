/** Checks of a Koda platform at work over the network: its workers, its sidecars, and how far it is set up. */
@NullMarked
package dev.koda.checks.runtime.controlplane;

import org.jspecify.annotations.NullMarked;
