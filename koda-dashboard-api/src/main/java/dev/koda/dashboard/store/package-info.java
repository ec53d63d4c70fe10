/**
 * What the operations surface remembers, in the schema {@code koda_ops} of a Postgres: the connection pool, numbered
 * migrations, and leases with fences.
 *
 * <p>{@link dev.koda.dashboard.store.OperationsStore} is the door. Statements here and in the features that use it name
 * the schema, and use nothing that a pooler in transaction mode or an engine that is compatible with Postgres does not
 * have: no LISTEN, no advisory locks, no snapshot functions, no triggers, no state of a session. A test reads all SQL.
 */
@NullMarked
package dev.koda.dashboard.store;

import org.jspecify.annotations.NullMarked;
