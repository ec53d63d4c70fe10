/** What a command shows: a report as a table or as plain lines, and what goes on meanwhile. */
@NullMarked
package dev.koda.cli.output;

import org.jspecify.annotations.NullMarked;
