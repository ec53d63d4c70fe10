/**
 * The words in which the features of the operations API say what they serve: an {@link dev.koda.dashboard.http.Operation}
 * with the {@link dev.koda.dashboard.http.Access} that it asks for, who called, the one shape of an error, and cursors
 * that nobody can make up.
 */
@NullMarked
package dev.koda.dashboard.http;

import org.jspecify.annotations.NullMarked;
