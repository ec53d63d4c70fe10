package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Does our clock agree with those of the servers that we reach? Their {@code Date} headers tell, to a second, and a
 * database tells to a millisecond. What is judged is by how much they differ at least: half the round trip is in doubt,
 * and half a second where seconds are told.
 */
final class ClockCheck implements Check {
    /**
     * How far a server's clock is from ours.
     *
     * @param peer the server, for people
     * @param millis positive if it is ahead of us
     * @param doubtMillis by how much that may be wrong
     */
    private record Offset(String peer, long millis, long doubtMillis) {
        double leastSeconds() {
            return Math.max(0, Math.abs(millis) - doubtMillis) / 1000.0;
        }

        String text() {
            return peer + " is " + Math.round(Math.abs(millis) / 1000.0) + " s " + (millis > 0 ? "ahead of" : "behind")
                    + " us";
        }
    }

    private static final long HALF_A_SECOND = 500;

    private static final String DATABASE_TIME = "SELECT extract(epoch FROM clock_timestamp())::float8 AS now";

    private final List<HttpTarget> peers;
    private final @Nullable DatabaseClock database;
    private final ClockLimits limits;
    private final HttpFetch http;
    private final TimeSource time;

    ClockCheck(List<URI> peers, @Nullable DatabaseClock database, ClockLimits limits, HttpFetch http, TimeSource time) {
        this.peers = peers.stream().map(HttpTarget::get).toList();
        this.database = database;
        this.limits = limits;
        this.http = http;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var asked = new ArrayList<Future<Optional<Offset>>>();
        peers.forEach(peer -> asked.add(ask(peer, context)));
        if (database != null) {
            asked.add(ask(database, context));
        }
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
                    return new Offset(peer.toString(), atPeer - atOurs, HALF_A_SECOND + halfTrip);
                }))
                .otherwise(Optional.empty());
    }

    /** It read its clock at some moment of the query, or of the login before it. */
    private Future<Optional<Offset>> ask(DatabaseClock asked, CheckContext context) {
        long started = time.nanos();
        return Future.fromCompletionStage(asked.queries().query(context, DATABASE_TIME))
                .map(rows -> {
                    long halfTrip = (time.nanos() - started) / 2_000_000;
                    long atPeer = Math.round(rows.get(0).real("now") * 1000);
                    long atOurs = time.now().toEpochMilli() - halfTrip;
                    return Optional.of(new Offset(asked.server(), atPeer - atOurs, halfTrip + 1));
                })
                .otherwise(Optional.empty());
    }

    /** Whoever agrees with us is right: two clocks are seldom wrong by the same. */
    private Outcome judge(List<Offset> offsets) {
        if (offsets.isEmpty()) {
            return Outcome.warn(silent() + " its time, so ours is not known to be right")
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

    private String silent() {
        if (peers.size() == 1 && database == null) {
            return peers.get(0) + " did not tell";
        }
        return peers.isEmpty() && database != null ? database.server() + " did not tell" : "no server told";
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
