package dev.koda.server.collectors;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes rows of a Koda at work, the same for the same seed and time; times are written in every way that Koda's code has. */
abstract class GeneratedRows {
    private static final List<String> AGENTS = List.of("ATLAS", "DEFAULT", "HERMES");

    final Random random;
    final Instant now;
    private long numbers;

    GeneratedRows(long seed, Instant now) {
        random = new Random(seed);
        this.now = now;
    }

    /** Another one each time. */
    long number() {
        return ++numbers;
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String any(String... values) {
        return any(List.of(values));
    }

    String agent() {
        return any(AGENTS);
    }

    Rows rows(String table, int count, Supplier<Map<String, @Nullable Object>> maker) {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < count; i++) {
            all.add(maker.get());
        }
        return new Rows(table, all);
    }

    /** A time so many minutes from now, in a way that says it. */
    String time(long minutes) {
        var at = now.plusSeconds(minutes * 60);
        var local = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return switch (random.nextInt(4)) {
            case 0 -> at.toString();
            case 1 ->
                local.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx"));
            case 2 ->
                at.atOffset(ZoneOffset.ofHours(-5)).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx"));
            default -> local.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
        };
    }
}
