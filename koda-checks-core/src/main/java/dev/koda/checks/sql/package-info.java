/**
 * How checks ask a database: the port {@link dev.koda.checks.sql.SqlQueries}, with an adapter for any
 * {@code javax.sql.DataSource}. Needs the JDK alone, so that an embedder asks through the pool it has. {@link
 * dev.koda.checks.sql.SqlChecks} makes a check out of a query.
 */
@NullMarked
package dev.koda.checks.sql;

import org.jspecify.annotations.NullMarked;
