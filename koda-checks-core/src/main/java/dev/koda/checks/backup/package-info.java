/**
 * Checks of backups: is the newest one young and whole enough, and was a restore ever proven. {@link
 * dev.koda.checks.backup.BackupSources} reads the common tools, files and buckets; anything else implements {@link
 * dev.koda.checks.backup.BackupSource}.
 */
@NullMarked
package dev.koda.checks.backup;

import org.jspecify.annotations.NullMarked;
