package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.stack.Integration;
import dev.koda.dashboard.verification.Verification.Trigger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Verifies an integration by its check, whatever is known of it already. Thread-safe; never blocks. */
final class Verifier {
    private static final List<Suite> SUITES = List.of(Suite.DOCTOR, Suite.READINESS, Suite.HARDENING);

    /** Answers of checks which warn because they cannot tell: such a one is no sign that something works. */
    private static final Set<String> UNKNOWN = Set.of(
            "provider_unreachable",
            "unexpected_answer",
            "http_status",
            "store_unavailable",
            "heartbeat_awaited",
            "not_verified");

    /** Answers of the engine about what did not run to its end. */
    private static final Set<String> NOT_RUN = Set.of("not_run", "cancelled", "pending", "stale", "rejected");

    private final Function<CheckId, CheckEngine> engines;
    private final TimeSource time;
    private final Fingerprints fingerprints;
    private final String node;
    private final Map<VerificationHistory.Kind, LongAdder> made = new ConcurrentHashMap<>();

    /**
     * @param engines in which the check of an integration is
     * @param node the name of this server
     */
    Verifier(Function<CheckId, CheckEngine> engines, TimeSource time, Fingerprints fingerprints, String node) {
        this.engines = engines;
        this.time = time;
        this.fingerprints = fingerprints;
        this.node = node;
    }

    /** Runs its check, and those that it depends on. */
    Future<Verification> verify(Integration integration, Trigger trigger) {
        var began = time.now();
        var done = Promise.<Report>promise();
        // One that blocks by mistake must not hold the event loop that asks.
        time.executor().execute(() -> run(integration, done));
        return done.future()
                .map(report -> report.checks().stream()
                        .filter(result -> result.id().equals(integration.id()))
                        .findFirst()
                        .map(result -> verification(integration, trigger, result))
                        .orElseGet(() -> notApplicable(integration, trigger, began, report)));
    }

    private void run(Integration integration, Promise<Report> done) {
        try {
            var engine = engines.apply(integration.id());
            var suite = SUITES.stream()
                    .filter(one -> engine.checks(one).contains(integration.id()))
                    .findFirst()
                    .orElse(Suite.DOCTOR);
            engine.run(Query.of(suite)
                            .only(List.of(integration.id().toString()))
                            .anew())
                    .whenComplete((report, failure) -> {
                        if (failure == null) {
                            done.complete(report);
                        } else {
                            done.fail(failure);
                        }
                    });
        } catch (RuntimeException broken) {
            done.fail(broken);
        }
    }

    private Verification verification(Integration integration, Trigger trigger, CheckResult result) {
        var reason = result.reason();
        var status = result.outcome().observed().get("status");
        return made(
                integration,
                trigger,
                result.startedAt(),
                standing(result.rawStatus(), reason == null ? null : reason.code()),
                reason == null ? null : reason.code(),
                result.message(),
                result.isNotRun() ? null : result.took(),
                httpStatus(status));
    }

    private Verification notApplicable(Integration integration, Trigger trigger, Instant began, Report report) {
        var why = report.skipped().stream()
                .filter(skipped -> skipped.id().equals(integration.id()))
                .findFirst()
                .map(skipped -> skipped.why())
                .orElse("the check is not there");
        return made(integration, trigger, began, Standing.UNKNOWN, "not_applicable", why, null, null);
    }

    private Verification made(
            Integration integration,
            Trigger trigger,
            Instant at,
            Standing standing,
            @Nullable String reason,
            String message,
            @Nullable Duration took,
            @Nullable Integer httpStatus) {
        var credential = integration.credential();
        var kind = new VerificationHistory.Kind(integration.id().toString(), standing.toString());
        made.computeIfAbsent(kind, first -> new LongAdder()).increment();
        return new Verification(
                integration.id().toString(),
                UUID.randomUUID(),
                at,
                Verification.vouches(integration.every()),
                trigger,
                standing,
                reason,
                message,
                took,
                httpStatus,
                fingerprints.take(credential == null ? null : credential.reveal()),
                Fingerprints.revision(integration.configuration()),
                node);
    }

    /** How many were made, by integration and status. */
    Map<VerificationHistory.Kind, Long> made() {
        var now = new HashMap<VerificationHistory.Kind, Long>();
        made.forEach((kind, count) -> now.put(kind, count.sum()));
        return now;
    }

    /** What a status of a check comes to over time. */
    static Standing standing(Status status, @Nullable String reason) {
        boolean isUnknown =
                reason != null && (NOT_RUN.contains(reason) || (status == Status.WARN && UNKNOWN.contains(reason)));
        return isUnknown ? Standing.UNKNOWN : Standing.of(status);
    }

    private static @Nullable Integer httpStatus(@Nullable Observed status) {
        return status == null ? null : status.value().intValue();
    }

    /** The subject of an integration. */
    static Subject subject(Integration integration) {
        return new Subject(
                integration.id().toString(),
                Subject.Type.INTEGRATION,
                integration.kind(),
                integration.name(),
                integration.origin(),
                integration.every());
    }
}
