package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log and tells what is not as it was sealed: each hash over its body and the one before, each number
 * after the one before, each column as in the body, and each checkpoint, those of the store and those that were kept
 * elsewhere. One use; not thread-safe.
 */
final class ChainVerifier {
    private static final int PAGE = 2_000;
    private static final int MOST = 100;

    private static final String READ = """
            SELECT seq, id, occurred_at, type, severity, actor, source, target, body, previous, hash
            FROM koda_ops.audit_log WHERE seq > $1 ORDER BY seq LIMIT $2
            """;

    private static final String HEAD = "SELECT seq, hash FROM koda_ops.audit_head";
    private static final String CHECKPOINTS = "SELECT note FROM koda_ops.audit_checkpoint ORDER BY seq";

    private final OperationsStore store;
    private final @Nullable PublicKey key;
    private final Map<Long, List<Checkpoint>> checkpoints = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ChainLink link = new ChainLink();

    private long first;
    private long seq;
    private long events;
    private byte[] hash = ChainLink.origin();

    /**
     * A verifier.
     *
     * @param key with which checkpoints must be signed; null to believe the signatures of the store
     * @param kept checkpoints that were kept elsewhere
     */
    ChainVerifier(OperationsStore store, @Nullable PublicKey key, List<Checkpoint> kept) {
        this.store = store;
        this.key = key;
        kept.forEach(this::expect);
    }

    /**
     * What a verification says.
     *
     * @param from the first number that there is
     * @param to the last one
     * @param events how many were read
     * @param checkpoints how many checkpoints were held against them
     * @param faults what is wrong, in words; empty if nothing is; the first hundred
     */
    record Verified(long from, long to, long events, int checkpoints, List<String> faults) {}

    Future<Verified> verify() {
        return store.query(CHECKPOINTS)
                .onSuccess(rows -> rows.forEach(this::expect))
                .compose(ignored -> page())
                .compose(ignored -> store.query(HEAD))
                .map(rows -> end(rows.iterator().next()));
    }

    private void expect(Row row) {
        try {
            expect(Checkpoint.parse(row.getString("note")));
        } catch (IllegalArgumentException changed) {
            fault("a checkpoint of the store is not readable");
        }
    }

    private void expect(Checkpoint checkpoint) {
        if (key != null && !checkpoint.isSignedBy(key)) {
            fault("the checkpoint at " + checkpoint.seq() + " is not signed by the key");
        } else {
            checkpoints
                    .computeIfAbsent(checkpoint.seq(), at -> new ArrayList<>())
                    .add(checkpoint);
        }
    }

    private Future<Void> page() {
        return store.query(READ, Tuple.of(seq, PAGE)).compose(rows -> {
            rows.forEach(this::check);
            return rows.size() < PAGE ? Future.succeededFuture() : page();
        });
    }

    private void check(Row row) {
        long number = row.getLong("seq");
        var before = row.getBuffer("previous").getBytes();
        if (first == 0) {
            first = number;
            // What is older was dropped by retention, and the last hash of it is all that is left.
            hash = number == 1 ? hash : before;
        } else if (number != seq + 1) {
            fault("the events " + (seq + 1) + " to " + (number - 1) + " are missing");
        }
        if (!Arrays.equals(before, hash)) {
            fault("event " + number + " does not follow the one before it");
        }
        var body = row.getString("body");
        var computed = link.hash(before, number, body);
        if (!Arrays.equals(computed, row.getBuffer("hash").getBytes())) {
            fault("event " + number + " was changed");
        } else if (!repeatsBody(row, body)) {
            fault("a column of event " + number + " was changed");
        }
        hash = row.getBuffer("hash").getBytes();
        seq = number;
        events++;
        compare(number);
    }

    private static boolean repeatsBody(Row row, String body) {
        var occurredAt = row.getOffsetDateTime("occurred_at").toInstant();
        var event = StampedEvent.read(row.getUUID("id"), occurredAt, body);
        return event.type().equals(row.getString("type"))
                && event.severity() == row.getShort("severity")
                && Objects.equals(event.actor(), row.getString("actor"))
                && Objects.equals(event.source(), row.getString("source"))
                && Objects.equals(event.target(), row.getString("target"));
    }

    private void compare(long number) {
        for (var checkpoint : checkpoints.getOrDefault(number, List.of())) {
            if (!checkpoint.covers(hash)) {
                fault("the log up to " + number + " is not the one that was signed at " + checkpoint.signedAt());
            }
        }
    }

    private Verified end(Row head) {
        long last =
                checkpoints.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        if (last > seq) {
            fault("the end is missing: a checkpoint covers " + last + " and the log ends at " + seq);
        }
        if (head.getLong("seq") > seq && head.getLong("seq") != last) {
            fault("the end is missing: " + head.getLong("seq") + " events were sealed and the log ends at " + seq);
        }
        return new Verified(
                first,
                seq,
                events,
                checkpoints.values().stream().mapToInt(List::size).sum(),
                List.copyOf(faults));
    }

    private void fault(String words) {
        if (faults.size() < MOST) {
            faults.add(words);
        }
    }
}
