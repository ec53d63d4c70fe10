/** The documentation of the checks, which the jar carries. JDK and JSpecify only. */
@NullMarked
package dev.koda.checks.docs;

import org.jspecify.annotations.NullMarked;
