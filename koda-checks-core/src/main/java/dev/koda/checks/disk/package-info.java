/** Checks of the volumes that state lives on: room, inodes, mount and a write that reaches the disk. */
@NullMarked
package dev.koda.checks.disk;

import org.jspecify.annotations.NullMarked;
