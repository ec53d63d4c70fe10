/**
 * The operations API: what an operator's tools and the dashboard ask over HTTP.
 *
 * <p>{@link dev.koda.dashboard.Operations} is the door; {@link dev.koda.dashboard.http.Problem} is the one shape of an
 * error and {@link dev.koda.dashboard.http.BearerTokens} the one way to compare a credential, shared with the server.
 */
@NullMarked
package dev.koda.dashboard;

import org.jspecify.annotations.NullMarked;
