package dev.koda.dashboard.audit;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** The rows that one statement appends to the log, column by column. */
final class LogColumns {
    private final Long[] seqs;
    private final UUID[] ids;
    private final OffsetDateTime[] times;
    private final String[] types;
    private final Short[] severities;
    private final String[] actors;
    private final String[] sources;
    private final String[] targets;
    private final String[] bodies;
    private final Buffer[] previous;
    private final Buffer[] hashes;
    private int size;

    LogColumns(int rows) {
        seqs = new Long[rows];
        ids = new UUID[rows];
        times = new OffsetDateTime[rows];
        types = new String[rows];
        severities = new Short[rows];
        actors = new String[rows];
        sources = new String[rows];
        targets = new String[rows];
        bodies = new String[rows];
        previous = new Buffer[rows];
        hashes = new Buffer[rows];
    }

    @SuppressWarnings("NullAway") // a text that is not there is a null in its column
    void add(long seq, StampedEvent event, Buffer before, Buffer hash) {
        seqs[size] = seq;
        ids[size] = event.id();
        times[size] = event.occurredAt().atOffset(ZoneOffset.UTC);
        types[size] = event.type();
        severities[size] = (short) event.severity();
        actors[size] = event.actor();
        sources[size] = event.source();
        targets[size] = event.target();
        bodies[size] = event.body();
        previous[size] = before;
        hashes[size] = hash;
        size++;
    }

    /** With the time at which all of them are sealed. */
    Tuple tuple(OffsetDateTime sealedAt) {
        return Tuple.from(new Object[] {
            seqs, ids, times, types, severities, actors, sources, targets, bodies, previous, hashes, sealedAt
        });
    }
}
