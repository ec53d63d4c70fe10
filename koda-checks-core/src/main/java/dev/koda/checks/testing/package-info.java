/** For tests of checks, ours and yours: virtual time, a check that does as it is told, and the contract of every check. */
@NullMarked
package dev.koda.checks.testing;

import org.jspecify.annotations.NullMarked;
