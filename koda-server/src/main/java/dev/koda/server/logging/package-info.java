/**
 * Logs without secrets: for machines, one JSON object a line on stderr, or for people.
 *
 * <p>Nothing here acts by being on the class path: an embedder's own logging stays as it is until
 * {@link dev.koda.server.logging.JsonLogging#install} is called, which the server's main class does.
 */
@NullMarked
package dev.koda.server.logging;

import org.jspecify.annotations.NullMarked;
