/**
 * Asks the Docker Engine API on its Unix socket, within bounds: whether the services of a compose project run, and where
 * this host reaches one of them. Asks only, and changes nothing. Knows no settings; needs vertx-core and jackson-core.
 */
@NullMarked
package dev.koda.checks.docker;

import org.jspecify.annotations.NullMarked;
