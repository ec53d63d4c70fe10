/**
 * Checks of the object storage: is the bucket there, and does what is written come back. {@link
 * dev.koda.checks.objectstore.S3ObjectStore} speaks S3; any other store implements {@link
 * dev.koda.checks.objectstore.ObjectStore}.
 */
@NullMarked
package dev.koda.checks.objectstore;

import org.jspecify.annotations.NullMarked;
