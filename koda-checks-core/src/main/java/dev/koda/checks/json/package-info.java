/** Reads JSON that others wrote. What a report says becomes JSON elsewhere. */
@NullMarked
package dev.koda.checks.json;

import org.jspecify.annotations.NullMarked;
