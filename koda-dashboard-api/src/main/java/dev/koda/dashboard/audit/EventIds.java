package dev.koda.dashboard.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids of version 7 (RFC 9562): later ones sort behind earlier ones, and nobody can guess one. Thread-safe. */
final class EventIds {
    private final SecureRandom random = new SecureRandom();

    UUID next(Instant now) {
        long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
