/**
 * Has the object storage room left? S3 has no call for that, so a quota that somebody declared is held against what a
 * listing adds up to, or a store is asked in its own way.
 */
@NullMarked
package dev.koda.checks.objectstore.headroom;

import org.jspecify.annotations.NullMarked;
