package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Does our clock agree with those of the servers that we reach? Their {@code Date} headers tell, to a second. What is
 * judged is by how much they differ at least: half a second and half the round trip are in doubt.
 */
final class ClockCheck implements Check {
    /**
     * How far a server's clock is from ours.
     *
     * @param peer the server
     * @param millis positive if it is ahead of us
     * @param doubtMillis by how much that may be wrong
     */
    private record Offset(HttpTarget peer, long millis, long doubtMillis) {
        double leastSeconds() {
            return Math.max(0, Math.abs(millis) - doubtMillis) / 1000.0;
        }

        String text() {
            return peer + " is " + Math.round(Math.abs(millis) / 1000.0) + " s " + (millis > 0 ? "ahead of" : "behind")
                    + " us";
        }
    }

    private static final long HALF_A_SECOND = 500;

    private final List<HttpTarget> peers;
    private final ClockLimits limits;
    private final HttpFetch http;
    private final TimeSource time;

    ClockCheck(List<URI> peers, ClockLimits limits, HttpFetch http, TimeSource time) {
        this.peers = peers.stream().map(HttpTarget::get).toList();
        this.limits = limits;
        this.http = http;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var asked = peers.stream().map(peer -> ask(peer, context)).toList();
        return Future.all(asked)
                .map(all -> judge(all.<Optional<Offset>>list().stream()
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(Offset::leastSeconds))
                        .toList()))
                .toCompletionStage();
    }

    /** Empty for one that does not answer, which is another check's concern, or keeps its time to itself. */
    private Future<Optional<Offset>> ask(HttpTarget peer, CheckContext context) {
        return http.answer(peer, context)
                .map(answer -> answer.date().map(date -> {
                    long halfTrip = answer.took().toMillis() / 2;
                    long atPeer = date.toEpochMilli() + HALF_A_SECOND;
                    long atOurs = time.now().toEpochMilli() - halfTrip;
                    return new Offset(peer, atPeer - atOurs, HALF_A_SECOND + halfTrip);
                }))
                .otherwise(Optional.empty());
    }

    /** Whoever agrees with us is right: two clocks are seldom wrong by the same. */
    private Outcome judge(List<Offset> offsets) {
        if (offsets.isEmpty()) {
            return Outcome.warn((peers.size() == 1 ? peers.get(0) + " did not tell" : "no server told")
                            + " its time, so ours is not known to be right")
                    .reason("clock_unknown")
                    .hint("see whether the servers answer; else compare with: timedatectl");
        }
        var nearest = offsets.get(0);
        var farthest = offsets.get(offsets.size() - 1);
        var outcome = Outcome.above("offset", nearest.leastSeconds(), "seconds")
                .warn(limits.warnSeconds())
                .fail(limits.failSeconds());
        if (outcome.status() != Status.PASS) {
            return off(outcome, nearest);
        }
        if (farthest.leastSeconds() > limits.warnSeconds()) {
            return Outcome.warn("our clock agrees with " + nearest.peer() + ", but " + farthest.text())
                    .reason("clock_skew")
                    .hint("synchronise the clock of that server")
                    .observed("offset", farthest.leastSeconds(), "seconds");
        }
        var count = offsets.size();
        return outcome.message("our clock agrees with " + (count == 1 ? "1 server" : count + " servers") + " within "
                + (long) limits.warnSeconds() + " s");
    }

    private Outcome off(Outcome outcome, Offset nearest) {
        boolean breaksSignatures = nearest.leastSeconds() >= ClockLimits.S3_SIGNATURE_SECONDS;
        double limit = outcome.status() == Status.FAIL ? limits.failSeconds() : limits.warnSeconds();
        return outcome.message(nearest.text() + ", limit " + (long) limit + " s"
                        + (breaksSignatures ? "; from 900 s on S3 refuses signatures" : ""))
                .reason(breaksSignatures ? "s3_signature_window" : "clock_skew")
                .hint("synchronise the clock of this host, or of that server: timedatectl set-ntp true");
    }
}
