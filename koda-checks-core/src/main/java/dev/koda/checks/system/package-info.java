/** Checks of the host: its memory and that of our control group, and the file descriptors. Linux only. */
@NullMarked
package dev.koda.checks.system;

import org.jspecify.annotations.NullMarked;
