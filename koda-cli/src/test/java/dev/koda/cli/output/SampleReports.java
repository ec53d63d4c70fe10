package dev.koda.cli.output;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Koda install at noon: healthy, with its Postgres stopped, and in a state no text should come from. */
public final class SampleReports {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Service KODA = new Service("koda", "0.1.0", "production");

    private SampleReports() {}

    public static Report healthy() {
        return report(List.of(
                result("config.parse", null, Outcome.pass(".env holds 42 settings")),
                result("config.required", null, Outcome.pass("all 12 required settings are set")),
                result("secrets.strength", null, Outcome.pass("6 secrets have at least 128 bits")),
                result("postgres.tcp", null, Outcome.pass("db:5432 accepts connections after 2 ms")),
                result("postgres.auth", null, Outcome.pass("role koda signed in")),
                result("postgres.round-trip", null, Outcome.pass("SELECT 1 took 3 ms, limit 500 ms")),
                result("object-store.canary", null, Outcome.pass("wrote, read and removed an object in 41 ms")),
                result("disk.space", "STATE_ROOT_DIR", Outcome.pass("61 % free, limit 15 %")),
                result("disk.space", "ARTIFACT_STORE_DIR", Outcome.pass("61 % free, limit 15 %")),
                result("runtime.readiness", null, Outcome.pass("ready, answered in 4 ms"))));
    }

    public static Report broken() {
        var outcomes = new ArrayList<>(healthy().checks());
        outcomes.set(
                2,
                result(
                        "secrets.strength",
                        null,
                        Outcome.warn("WEB_OPERATOR_SESSION_SECRET has about 96 bits, 128 are wanted")
                                .reason("weak_secret")
                                .hint("make a new one with: koda secrets generate")));
        outcomes.set(
                3,
                result(
                        "postgres.tcp",
                        null,
                        Outcome.fail("db:5432 refused the connection after 3 ms: nothing listens on that port of that"
                                        + " host, though the name resolves to 10.0.0.7")
                                .reason("connection_refused")
                                .hint("start Postgres (docker compose up -d postgres), or correct POSTGRES_HOST and"
                                        + " POSTGRES_PORT in .env")));
        outcomes.set(4, notRun("postgres.auth"));
        outcomes.set(5, notRun("postgres.round-trip"));
        return report(outcomes);
    }

    /** The same with another failure, which keeps nothing from running. */
    public static Report brokenTwice() {
        var outcomes = new ArrayList<>(broken().checks());
        outcomes.set(0, result("config.parse", null, Outcome.fail(".env line 3 is not NAME=value")));
        return report(outcomes);
    }

    public static Report hostile() {
        var text = "bell \u0007 esc \u001b[31m csi \u009b bidi \u202e nl \n wide \u8cc7\u6599 <b>&amp;'\"]]>|"
                + "w".repeat(120);
        return report(
                List.of(result("custom.hostile", "~target", Outcome.fail(text).hint(text))));
    }

    /** One volume with numbers and limits, an odd name and its documentation on the web. */
    public static Report measured() {
        var outcome =
                Outcome.below("free", 12.1, "percent").warn(15).fail(5).observed("free_bytes", 8123456789L, "bytes");
        var spec = CheckSpec.of("disk.space")
                .instance("it's=D:|x")
                .in(Suite.DOCTOR)
                .docs("https://docs.example/disk?a=1&b=2");
        return report(List.of(result(spec, outcome, null)));
    }

    /** More than any format likes. */
    public static Report large() {
        var results = new ArrayList<CheckResult>();
        for (int i = 0; i < 500; i++) {
            var outcome = Outcome.above("lag", i + 0.5, "seconds").warn(0.1).fail(0.2);
            results.add(result("custom.replica", "replica-" + i, outcome.hint("see to replica " + i)));
        }
        return report(results);
    }

    /** One of each kind. */
    public static List<Report> all() {
        return List.of(healthy(), measured(), broken(), hostile(), large());
    }

    private static CheckResult notRun(String name) {
        return result(
                name, null, Outcome.warn("not run, because postgres.tcp failed").reason("not_run"));
    }

    private static CheckResult result(String name, @Nullable String instance, Outcome outcome) {
        var spec = CheckSpec.of(name).in(Suite.DOCTOR).documented();
        if (name.equals("postgres.tcp")) {
            spec.command("pg_isready -t 5 -h db -p 5432");
        }
        if (instance != null) {
            spec.instance(instance);
        }
        var rootCause = "not_run".equals(String.valueOf(outcome.reason())) ? CheckId.of("postgres.tcp") : null;
        return result(spec, outcome, rootCause);
    }

    private static CheckResult result(CheckSpec.Builder spec, Outcome outcome, @Nullable CheckId rootCause) {
        return new CheckResult(
                spec.run(context -> CompletableFuture.completedFuture(outcome)),
                outcome.status(),
                outcome.status(),
                outcome,
                NOON,
                Duration.ofMillis(3),
                Duration.ZERO,
                NOON,
                1,
                rootCause);
    }

    private static Report report(List<CheckResult> results) {
        var skipped = List.of(
                new Skipped(CheckId.of("tls.certificate"), "no public https URL is configured"),
                new Skipped(new CheckId("provider.key", "openai"), "no key is configured"));
        return Report.of(Suite.DOCTOR, KODA, NOON, Duration.ofMillis(912), results, skipped);
    }
}
