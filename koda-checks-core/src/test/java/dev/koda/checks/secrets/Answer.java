package dev.koda.checks.secrets;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one check answers in a real engine. */
final class Answer {
    private Answer() {}

    static Outcome of(List<CheckSpec> specs, String id) throws Exception {
        try (var engine = CheckEngine.builder().checks(specs).build()) {
            var report = engine.run(Query.of(Suite.DOCTOR).only(List.of(id)))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            return report.checks().isEmpty()
                    ? Outcome.skipped(report.skipped().get(0).why())
                    : report.checks().get(0).outcome();
        }
    }
}
