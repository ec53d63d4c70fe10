package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import java.util.Set;

/**
 * A check that does not apply to this stack.
 *
 * @param id the check
 * @param why one sentence
 * @param suites whose reports say so
 */
public record Skip(CheckId id, String why, Set<Suite> suites) {
    public Skip {
        suites = Set.copyOf(suites);
    }
}
