package dev.koda.checks.report;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Scope;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reports of every shape, at one fixed moment. */
final class SampleReports {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Service KODA = new Service("koda", "0.1.0", "production");

    private SampleReports() {}

    static CheckSpec.Builder spec(String name) {
        return CheckSpec.of(name).in(Suite.DOCTOR).documented();
    }

    static CheckSpec built(CheckSpec.Builder spec) {
        return spec.run(context -> CompletableFuture.completedFuture(Outcome.pass("never asked")));
    }

    static CheckResult result(CheckSpec.Builder spec, Outcome outcome) {
        return result(spec, outcome, null);
    }

    static CheckResult result(CheckSpec.Builder spec, Outcome outcome, @Nullable String rootCause) {
        return new CheckResult(
                built(spec),
                outcome.status(),
                outcome.status(),
                outcome,
                NOON.minusMillis(40),
                Duration.ofMillis(3),
                Duration.ofMillis(37),
                NOON.minusSeconds(3600),
                4,
                rootCause == null ? null : CheckId.of(rootCause));
    }

    static Report report(Suite suite, CheckResult... results) {
        return Report.of(suite, KODA, NOON, Duration.ofMillis(212), List.of(results), List.of());
    }

    static CheckResult lowSpace() {
        var outcome = Outcome.below("free", 12.1, "percent")
                .warn(15)
                .fail(5)
                .message("12.1 % free, limit 15 %")
                .observed("free_bytes", 8_123_456_789L, "bytes")
                .reason("low_space")
                .hint("grow the volume or prune artifacts");
        return result(spec("disk.space").instance("STATE_ROOT_DIR").title("Volume has room"), outcome);
    }

    static CheckResult passing() {
        return result(spec("config.parse").title("Settings can be read"), Outcome.pass(".env holds 42 settings"));
    }

    static CheckResult refused() {
        return result(
                spec("postgres.tcp").title("Postgres accepts connections").unavailable("postgres_unavailable"),
                Outcome.fail("db:5432 refused the connection after 3 ms")
                        .reason("connection_refused")
                        .hint("start Postgres"));
    }

    static CheckResult notRun() {
        return result(
                spec("postgres.auth").title("Postgres lets us in").notCritical(),
                Outcome.warn("waits for postgres.tcp").reason("not_run"),
                "postgres.tcp");
    }

    static Report warning() {
        return new Report(
                Suite.DOCTOR,
                KODA,
                Status.WARN,
                NOON,
                Duration.ofMillis(212),
                Report.of(Suite.DOCTOR, KODA, NOON, Duration.ZERO, List.of(passing(), lowSpace()), skips())
                        .summary(),
                List.of(passing(), lowSpace()),
                skips());
    }

    static List<Skipped> skips() {
        return List.of(
                new Skipped(CheckId.of("tls.certificate"), "no public https URL is configured"),
                new Skipped(new CheckId("provider.key", "openai"), "no key is configured"));
    }

    static Report broken() {
        return report(Suite.DOCTOR, passing(), refused(), notRun(), lowSpace());
    }

    static Report healthy() {
        return report(Suite.DOCTOR, passing());
    }

    static Report empty() {
        return Report.of(Suite.DOCTOR, new Service("orders", null, null), NOON, Duration.ZERO, List.of(), skips());
    }

    static Report notReady(Scope scope, boolean failClosed) {
        var spec = CheckSpec.of("postgres.tcp").in(Suite.READINESS).scope(scope).unavailable("postgres_unavailable");
        return report(
                Suite.READINESS,
                result(
                        failClosed ? spec.failClosed() : spec,
                        Outcome.fail("refused").reason("refused")));
    }

    static Report hostile() {
        var text =
                "bell \u0007 esc \u001b[31m nl \n quote \" back \\ lone \ud800 pair \ud83d\ude00 ls \u2028 csi \u009b"
                        + " bidi \u202e nul \u0000 </script> {\"a\":1} \udc00";
        var outcome = Outcome.fail(text.replace('\n', ' '))
                .hint(text)
                .observed("tiny", 1e-7, "ratio")
                .observed("huge", 1e300, "ratio")
                .observed("whole", 15.0, "percent")
                .observed("minus", -0.5, "seconds")
                .observed("long", Long.MIN_VALUE, "bytes");
        var spec = CheckSpec.of("custom.hostile")
                .instance("\ud83d\ude00 \"quoted\" \ud800")
                .title(text);
        return new Report(
                Suite.DOCTOR,
                new Service(text, text, text),
                Status.FAIL,
                NOON,
                Duration.ofSeconds(Long.MAX_VALUE),
                report(Suite.DOCTOR, result(spec, outcome)).summary(),
                List.of(result(spec, outcome)),
                List.of(new Skipped(CheckId.of("custom.other"), text)));
    }
}
