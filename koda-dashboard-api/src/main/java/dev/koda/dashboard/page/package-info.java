/**
 * The operations page as files over HTTP: one document and what it loads. What it shows, its modules ask of the operations
 * API as any other client does. {@link dev.koda.dashboard.page.Page} is the way in.
 */
@NullMarked
package dev.koda.dashboard.page;

import org.jspecify.annotations.NullMarked;
