/** Checks that are programs of others, such as Nagios plugins. */
@NullMarked
package dev.koda.checks.exec;

import org.jspecify.annotations.NullMarked;
