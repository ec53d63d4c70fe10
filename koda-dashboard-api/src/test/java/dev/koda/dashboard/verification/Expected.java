package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What results come to between two moments, worked out from them alone, one after the other.
 *
 * @param results of one integration, in their order
 */
record Expected(List<Verification> results, Instant from, Instant to) {
    /** Until when the status is known: who says the same again does not take back what was said before. */
    private Instant vouched(int i) {
        var one = results.get(i);
        var until = one.startedAt().plus(one.vouches());
        if (i == 0 || results.get(i - 1).standing() != one.standing()) {
            return until;
        }
        var before = vouched(i - 1);
        return before.isBefore(one.startedAt()) || before.isBefore(until) ? until : before;
    }

    /** Until when a result counts: until nothing vouches any more, or the next one is there. */
    private Instant end(int i) {
        var vouched = vouched(i);
        var next = i + 1 < results.size() ? results.get(i + 1).startedAt() : vouched;
        return next.isBefore(vouched) ? next : vouched;
    }

    private boolean isWithin(int i) {
        return end(i).isAfter(from) && !results.get(i).startedAt().isAfter(to);
    }

    /** How long it had one of these, in milliseconds. */
    long part(Standing... standings) {
        return IntStream.range(0, results.size())
                .filter(i -> isWithin(i)
                        && List.of(standings).contains(results.get(i).standing()))
                .mapToLong(i -> {
                    var begin = results.get(i).startedAt();
                    return Duration.between(begin.isBefore(from) ? from : begin, end(i).isAfter(to) ? to : end(i))
                            .toMillis();
                })
                .sum();
    }

    long seconds(Standing... standings) {
        return part(standings) / 1_000;
    }

    /** More than 1 if nothing is known. */
    double ratio() {
        double up = part(Standing.PASS, Standing.WARN);
        double known = up + part(Standing.FAIL);
        return known == 0 ? 2 : up / known;
    }

    Standing standing() {
        return IntStream.range(0, results.size())
                .filter(i -> isWithin(i) && end(i).isAfter(to))
                .mapToObj(i -> results.get(i).standing())
                .findFirst()
                .orElse(Standing.UNKNOWN);
    }

    int changes() {
        int changes = 0;
        Verification last = null;
        for (int i = 0; i < results.size(); i++) {
            var one = results.get(i);
            if (!isWithin(i) || one.standing() == Standing.UNKNOWN) {
                continue;
            }
            if (last != null
                    && last.standing() != one.standing()
                    && one.startedAt().isAfter(from)) {
                changes++;
            }
            last = one;
        }
        return changes;
    }

    List<Verification> since(Instant begin) {
        return results.stream()
                .filter(one ->
                        !one.startedAt().isBefore(begin) && one.startedAt().isBefore(to))
                .toList();
    }

    /** A letter for each bucket. */
    String bars(Instant begin, Duration width) {
        var bars = new StringBuilder();
        for (var at = begin; at.isBefore(to); at = at.plus(width)) {
            var start = at;
            bars.append(since(start).stream()
                    .filter(one -> one.startedAt().isBefore(start.plus(width)))
                    .map(one -> one.standing().toString().charAt(0))
                    .min((left, right) -> "fwpu".indexOf(left) - "fwpu".indexOf(right))
                    .orElse('u'));
        }
        return bars.toString();
    }

    /** In milliseconds, of all results since the day, the hour or the five minutes in which the range begins. */
    Optional<Double> latency(double part, String range) {
        long step = range.equals("1h") ? 300 : range.equals("24h") || range.equals("7d") ? 3_600 : 86_400;
        var begin = Instant.ofEpochSecond(from.getEpochSecond() / step * step);
        var sorted = since(begin).stream()
                .filter(one -> one.standing() != Standing.UNKNOWN)
                .mapToLong(one -> Objects.requireNonNull(one.latency()).toNanos())
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6);
    }
}
