/**
 * Checks of certificates: those that servers present, each looked at in one handshake that trusts everybody and held
 * against another one that trusts as a client does, and those in files of this host.
 */
@NullMarked
package dev.koda.checks.tls;

import org.jspecify.annotations.NullMarked;
