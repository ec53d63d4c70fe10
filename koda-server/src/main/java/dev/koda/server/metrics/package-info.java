/** The meters of the server in one registry, and the endpoint that shows them: a scrape never runs a check. */
@NullMarked
package dev.koda.server.metrics;

import org.jspecify.annotations.NullMarked;
