/**
 * Is Postgres there, and is it well: the ladder from the name to an answered query, each rung with one right reason, and
 * how full it is. {@link dev.koda.checks.postgres.PostgresChecks} is the door.
 *
 * <p>Needs {@code vertx-pg-client} and {@code scram-client} on the class path.
 */
@NullMarked
package dev.koda.checks.postgres;

import org.jspecify.annotations.NullMarked;
