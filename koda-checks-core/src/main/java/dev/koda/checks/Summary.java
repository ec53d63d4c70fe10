package dev.koda.checks;

import java.util.List;

/**
 * Counts of a report: pass + warn + fail is the number of its checks.
 *
 * @param pass checks that passed
 * @param warn checks that warn, those not run among them
 * @param fail checks that failed
 * @param notRun checks that wait for a failed one; counted in {@code warn} too
 * @param skipped checks that do not apply; not among the others
 */
public record Summary(int pass, int warn, int fail, int notRun, int skipped) {
    static Summary of(List<CheckResult> checks, int skipped) {
        int warn = 0;
        int fail = 0;
        int notRun = 0;
        for (int i = 0; i < checks.size(); i++) {
            var check = checks.get(i);
            switch (check.status()) {
                case PASS -> {}
                case WARN -> warn++;
                case FAIL -> fail++;
            }
            if (check.isNotRun()) {
                notRun++;
            }
        }
        return new Summary(checks.size() - warn - fail, warn, fail, notRun, skipped);
    }

    /** The number of checks with a status. */
    public int total() {
        return pass + warn + fail;
    }
}
