/** Tests of the built distribution: real processes, started and looked at as a user would. */
@NullMarked
package dev.koda.it;

import org.jspecify.annotations.NullMarked;
