package dev.koda.dashboard.connections;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What did Koda note when it last verified a connection? For a control plane that cannot be asked itself. What it quotes
 * of others is not shown.
 */
final class RecordedConnectionCheck implements Check {
    /** Koda verifies when somebody asks it to: what it found longer ago says nothing about now. */
    static final Duration TELLING = Duration.ofHours(24);

    /** How Koda begins the error of an answer that says that a credential is not accepted. */
    private static final Pattern NOT_ACCEPTED = Pattern.compile("HTTP 40[13]\\b.*", Pattern.DOTALL);

    private final KodaConnection connection;
    private final Supplier<Future<List<KodaConnection>>> all;
    private final TimeSource time;

    RecordedConnectionCheck(KodaConnection connection, Supplier<Future<List<KodaConnection>>> all, TimeSource time) {
        this.connection = connection;
        this.all = all;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return all.get()
                .map(known -> known.stream()
                        .filter(one -> one.id().equals(connection.id()))
                        .findFirst()
                        .map(this::judge)
                        .orElseGet(() -> Outcome.skipped(connection.key() + " is not configured in Koda any more")))
                .otherwise(Outcome.warn("the tables of Koda cannot be read, so whether " + connection.key()
                                + " works is not known")
                        .reason("store_unavailable"))
                .toCompletionStage();
    }

    private Outcome judge(KodaConnection now) {
        if (now.isVerified()) {
            return verified(now);
        }
        if (now.error().isBlank()) {
            return unknown("has not been verified in Koda");
        }
        boolean isRejected =
                now.isExpired() || NOT_ACCEPTED.matcher(now.error().strip()).matches();
        return Outcome.fail("Koda found that " + now.key() + " does not work"
                        + (isRejected ? ", because its credential has expired or is not accepted" : ""))
                .reason(isRejected ? "key_rejected" : "verification_failed")
                .hint("look at the connection in Koda, which shows the error");
    }

    private Outcome verified(KodaConnection now) {
        var at = now.verifiedAt();
        if (at == null) {
            return unknown("was verified in Koda at a time that is not known");
        }
        var age = Duration.between(at, time.now());
        return age.compareTo(TELLING) > 0
                ? unknown("was last verified in Koda " + age.toHours() + " h ago")
                : Outcome.pass("Koda found that " + now.key() + " works");
    }

    private Outcome unknown(String how) {
        return Outcome.warn(connection.key() + " " + how + ", so whether it works is not known")
                .reason("not_verified")
                .hint("set CONTROL_PLANE_API_TOKEN, so that Koda can be told to verify it");
    }
}
