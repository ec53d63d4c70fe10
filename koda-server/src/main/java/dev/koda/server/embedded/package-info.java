/** Real Postgres and real S3 protocol inside one state directory: what {@code koda up} runs on a bare machine. */
@NullMarked
package dev.koda.server.embedded;

import org.jspecify.annotations.NullMarked;
