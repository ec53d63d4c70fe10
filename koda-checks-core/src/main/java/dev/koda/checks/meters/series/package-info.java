/**
 * The samples of catalogued metrics, within bounds: what their declaration allows, and no more of them than a scrape may
 * have.
 */
@NullMarked
package dev.koda.checks.meters.series;

import org.jspecify.annotations.NullMarked;
