/**
 * The people and programs that may use the operations surface, each with a name, a role and a token of their own, of
 * which only the digest is kept. {@link dev.koda.dashboard.operators.Operators} is the door.
 */
@NullMarked
package dev.koda.dashboard.operators;

import org.jspecify.annotations.NullMarked;
