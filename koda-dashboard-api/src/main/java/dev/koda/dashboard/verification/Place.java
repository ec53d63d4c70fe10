package dev.koda.dashboard.verification;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Where a listing by time goes on: behind the item of a moment and an id. Cursors carry it. */
record Place(Instant at, String id) {
    /** From a cursor that is ours, so it is well made. */
    static Place read(String words) {
        int space = words.indexOf(' ');
        return new Place(Instant.parse(words.substring(0, space)), words.substring(space + 1));
    }

    OffsetDateTime time() {
        return Columns.time(at);
    }

    UUID uuid() {
        return UUID.fromString(id);
    }

    @Override
    public String toString() {
        return at + " " + id;
    }
}
