/** How often one client may ask, so that none of them keeps the store from the others. */
@NullMarked
package dev.koda.dashboard.limits;

import org.jspecify.annotations.NullMarked;
