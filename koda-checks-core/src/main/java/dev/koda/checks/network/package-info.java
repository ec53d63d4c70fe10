/**
 * Checks over the network: whether what people and programs open answers. {@link dev.koda.checks.network.HttpFetch} is
 * the one place that speaks HTTP, for these checks and for those of other packages.
 */
@NullMarked
package dev.koda.checks.network;

import org.jspecify.annotations.NullMarked;
