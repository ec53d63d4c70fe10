package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Holds events, in the order of the log, against the chain and against signed checkpoints, and tells what is not as it was
 * sealed. One use; not thread-safe.
 */
final class ChainCheck {
    private static final int MOST = 100;
    private static final String RETENTION = AuditEventType.AUDIT_RETENTION_APPLIED.toString();

    private final Map<String, PublicKey> keys = new HashMap<>();
    private final boolean isStrict;
    private final Map<Long, List<Checkpoint>> checkpoints = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ChainLink link = new ChainLink();

    private long first;
    private long seq;
    private long events;
    private byte[] hash = ChainLink.origin();
    private byte[] beginning = hash;
    private boolean isBeginningTold;
    /** True from the first event on whose time of sealing is hashed: those behind it have no other hash. */
    private boolean isTimed;

    /**
     * A check.
     *
     * @param trusted the keys with which checkpoints are signed
     * @param isStrict whether a checkpoint of any other key is a fault; else its signature is believed
     */
    ChainCheck(List<PublicKey> trusted, boolean isStrict) {
        this.isStrict = isStrict;
        trusted.forEach(key -> keys.put(SigningKey.idOf(key), key));
    }

    /** Holds the events to come against a checkpoint too. */
    void expect(Checkpoint checkpoint) {
        var key = keys.get(checkpoint.keyId());
        if (key == null ? isStrict : !checkpoint.isSignedBy(key)) {
            fault("the checkpoint at " + checkpoint.seq() + " is not signed by the key");
            return;
        }
        checkpoints.computeIfAbsent(checkpoint.seq(), at -> new ArrayList<>()).add(checkpoint);
        if (checkpoint.seq() == seq && seq > 0) {
            compare(checkpoint);
        }
    }

    /** The same for its text. */
    void expect(String line) {
        try {
            expect(Checkpoint.parse(line));
        } catch (IllegalArgumentException changed) {
            fault("a checkpoint is not readable");
        }
    }

    /** The next event. */
    void add(long number, Instant sealedAt, byte[] before, byte[] sealed, String body) {
        if (first == 0) {
            first = number;
            // What is older was dropped by retention, and the last hash of it is all that is left.
            hash = number == 1 ? hash : before;
            beginning = hash;
            seq = number - 1;
            checkpoints.getOrDefault(seq, List.of()).forEach(this::compare);
        } else if (number != seq + 1) {
            fault("the events " + (seq + 1) + " to " + (number - 1) + " are missing");
        }
        if (!Arrays.equals(before, hash)) {
            fault("event " + number + " does not follow the one before it");
        }
        boolean isTimedItself = Arrays.equals(link.hash(before, number, sealedAt, body), sealed);
        isTimed |= isTimedItself;
        if (!isTimedItself && (isTimed || !Arrays.equals(link.timelessHash(before, number, body), sealed))) {
            fault("event " + number + " was changed");
        }
        hash = sealed;
        seq = number;
        events++;
        checkpoints.getOrDefault(number, List.of()).forEach(this::compare);
    }

    private void compare(Checkpoint checkpoint) {
        if (!checkpoint.covers(hash)) {
            fault("the log up to " + seq + " is not the one that was signed at " + checkpoint.signedAt());
        }
    }

    /** Looks whether an event tells that retention dropped what was before the first one. */
    void noteRetention(String body) {
        if (first > 1 && body.contains(RETENTION) && tellsOfBeginning(body)) {
            isBeginningTold = true;
        }
    }

    private boolean tellsOfBeginning(String body) {
        try {
            var event = new JsonObject(body);
            var details = event.getJsonObject("details");
            return RETENTION.equals(event.getString("type"))
                    && details.getLong("to") == first - 1
                    && HexFormat.of().formatHex(beginning).equals(details.getString("last_hash"));
        } catch (RuntimeException another) {
            return false;
        }
    }

    /** True if events before the first one are gone, and none that was noted tells of it. */
    boolean isBeginningMissing() {
        return first > 1 && !isBeginningTold;
    }

    /** Takes a beginning that is missing for a fault: in a whole log it is, and an export may begin anywhere. */
    void demandBeginning() {
        if (isBeginningMissing()) {
            fault("the events before " + first + " are missing, and no event of retention tells of it");
        }
    }

    /** The number of the last event. */
    long seq() {
        return seq;
    }

    /** The last number that a checkpoint covers; 0 if none covers any. */
    long signedUpTo() {
        return checkpoints.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    void fault(String words) {
        if (faults.size() < MOST) {
            faults.add(words);
        }
    }

    /** What was found, when the last event has been added. */
    Verified end() {
        long last = signedUpTo();
        if (last > seq) {
            fault("the end is missing: a checkpoint covers " + last + " and the log ends at " + seq);
        }
        int compared = checkpoints.values().stream().mapToInt(List::size).sum();
        return new Verified(first, seq, events, compared, List.copyOf(faults));
    }
}
