/** What {@code --strict} adds: Koda's own rules of hardening, and whether secrets or figures are where strangers see them. */
@NullMarked
package dev.koda.checks.hardening;

import org.jspecify.annotations.NullMarked;
