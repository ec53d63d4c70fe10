package dev.koda.dashboard.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Verifies an export of the log line by line, without a server: whoever distrusts the one that wrote it needs only this,
 * the public keys, and the checkpoints that were kept elsewhere. One use; not thread-safe.
 */
public final class ExportCheck {
    /** As {@link LogEvent} writes it. */
    private static final Pattern EVENT = Pattern.compile("\\{\"seq\":(\\d{1,18}),(.*),\"sealed_at\":\"([^\"]*)\","
            + "\"previous\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\"}");

    private final ChainCheck check;
    private boolean isComplete;
    private long claimed;
    private long events;

    private ExportCheck(ChainCheck check) {
        this.check = check;
    }

    /**
     * A check.
     *
     * @param publicKeys as a {@code security.audit_key_rotated} event tells them: then every checkpoint must be signed by
     *     one of them; none to believe the signatures
     * @param checkpoints lines that were kept elsewhere
     * @throws IllegalArgumentException if one of them is no such thing
     */
    public static ExportCheck of(List<String> publicKeys, List<String> checkpoints) {
        var keys = publicKeys.stream().map(SigningKey::parsePublic).toList();
        var check = new ChainCheck(keys, !keys.isEmpty());
        checkpoints.stream().map(Checkpoint::parse).forEach(check::expect);
        return new ExportCheck(check);
    }

    /**
     * The next line. Checkpoints of the export stand behind its events: they are held against what is signed elsewhere.
     *
     * @throws IllegalArgumentException if it is no line of an export
     */
    public void add(String line) {
        var words = EVENT.matcher(line);
        if (words.matches()) {
            events++;
            check.add(
                    Long.parseLong(words.group(1)),
                    time(words.group(3)),
                    HexFormat.of().parseHex(words.group(4)),
                    HexFormat.of().parseHex(words.group(5)),
                    body("{" + words.group(2) + "}"));
            return;
        }
        try {
            addOther(new JsonObject(line));
        } catch (DecodeException | ClassCastException notJson) {
            throw new IllegalArgumentException("a line of it is no event of the audit log", notJson);
        }
    }

    /** What is no time is none at which anything was sealed. */
    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException changed) {
            return Instant.EPOCH;
        }
    }

    private void addOther(JsonObject json) {
        if (json.getString("checkpoint") != null) {
            check.expect(json.getString("checkpoint"));
        } else if (Boolean.TRUE.equals(json.getBoolean("complete"))) {
            if (Boolean.TRUE.equals(json.getBoolean("filtered"))) {
                throw new IllegalArgumentException("it was filtered, and only a whole export can be verified");
            }
            isComplete = true;
            claimed = json.getLong("events", 0L);
        } else {
            throw new IllegalArgumentException("a line of it is no event of the audit log");
        }
    }

    private static String body(String fields) {
        if (!fields.startsWith("{\"spoilt\":")) {
            return fields;
        }
        try {
            return String.valueOf(new JsonObject(fields).getString("spoilt"));
        } catch (DecodeException | ClassCastException notJson) {
            return fields;
        }
    }

    /** What was found, after the last line. */
    public Verified end() {
        if (!isComplete) {
            check.fault("the last line is missing: the export was cut off");
        } else if (claimed != events) {
            check.fault("the export says that it has " + claimed + " events, and it has " + events);
        }
        return check.end();
    }
}
