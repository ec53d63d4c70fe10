package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Results for tests. */
final class Samples {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    static Verification result(String subject, Instant at, Standing standing) {
        return result(subject, at, Duration.ofMinutes(2), standing, "");
    }

    /** With a credential of these digits; none without. */
    static Verification result(String subject, Instant at, Duration vouches, Standing standing, String digits) {
        return new Verification(
                subject,
                UUID.randomUUID(),
                at,
                vouches,
                Verification.Trigger.SCHEDULE,
                standing,
                standing == Standing.PASS ? null : "reason_of_" + standing,
                "it is " + standing,
                Duration.ofMillis(20),
                standing == Standing.FAIL ? 401 : null,
                digits.isEmpty() ? null : new Fingerprint(digits, "key"),
                "revision",
                "node-1");
    }

    /** Results of one subject with gaps, flaps and unknowns, in their order. */
    static List<Verification> random(Random random, int count) {
        var results = new ArrayList<Verification>();
        var at = START;
        var standing = Standing.PASS;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                standing = Standing.of(random.nextInt(4));
            }
            results.add(result("s", at, Duration.ofSeconds(1 + random.nextInt(120)), standing, ""));
            at = at.plusSeconds(random.nextInt(100));
        }
        return results;
    }
}
