/** Checks for a koda.yaml that somebody else writes for a person: out of a compose file, or one by one. */
@NullMarked
package dev.koda.cli.proposal;

import org.jspecify.annotations.NullMarked;
