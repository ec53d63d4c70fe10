/**
 * The catalogue of metrics, and the meters of the checks for Prometheus. Needs prometheus-metrics-core; without it nothing
 * else of Koda misses it.
 */
@NullMarked
package dev.koda.checks.meters;

import org.jspecify.annotations.NullMarked;
