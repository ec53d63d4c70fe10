/**
 * {@code koda logs}: lines of several logs in the order of their times, without secrets, fit for a terminal. A thread for
 * each log reads, one merges and writes; they wait for each other in {@link dev.koda.cli.logs.Monitor} alone.
 */
@NullMarked
package dev.koda.cli.logs;

import org.jspecify.annotations.NullMarked;
