/**
 * Is a Postgres that answers well: its version, role, standbys, slots, transaction ids, sessions, locks, migrations and
 * transactions. {@link dev.koda.checks.postgres.state.PostgresStateChecks} is the door; it asks through
 * {@link dev.koda.checks.sql.SqlQueries} and needs no driver of its own.
 */
@NullMarked
package dev.koda.checks.postgres.state;

import org.jspecify.annotations.NullMarked;
