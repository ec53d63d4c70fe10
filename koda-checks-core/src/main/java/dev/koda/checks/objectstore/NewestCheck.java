package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import dev.koda.checks.TimeSource;
import dev.koda.checks.objectstore.ObjectListing.ListedObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Is there an object under a prefix, and is the newest young enough? */
final class NewestCheck implements Check {
    /** What clocks that are kept by NTP differ at most, with room. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private static final String OURS = ".koda/";
    /** Whatever else there is, it is no older than that. */
    private static final Reason FUTURE_STAMP = new Reason("future_stamp");

    private final ObjectListing listing;
    private final String prefix;
    private final AgeLimits limits;
    private final TimeSource time;

    NewestCheck(ObjectListing listing, String prefix, AgeLimits limits, TimeSource time) {
        this.listing = listing;
        this.prefix = prefix;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var newest = new AtomicLong(Long.MIN_VALUE);
        var count = new AtomicInteger();
        return listing.each(context, prefix, ObjectListing.MOST_PAGES, object -> {
                    if (isCounted(object)) {
                        count.incrementAndGet();
                        newest.accumulateAndGet(object.modifiedAt().toEpochMilli(), Math::max);
                    }
                })
                .handle((isAll, failure) -> failure == null
                        ? judge(Instant.ofEpochMilli(newest.get()), count.get(), isAll)
                        : failed(
                                ObjectListing.outcome(failure, "listing " + where()),
                                Instant.ofEpochMilli(newest.get()),
                                count.get()));
    }

    /** What was seen until the time was up may be young enough already. */
    private Outcome failed(Outcome fault, Instant newest, int count) {
        return Objects.equals(fault.reason(), Reason.TIMEOUT) && count > 0 ? judge(newest, count, false) : fault;
    }

    /** What stands for a directory is no object, and our canary is none of theirs. */
    private static boolean isCounted(ListedObject object) {
        return !object.key().endsWith("/") && !object.key().startsWith(OURS);
    }

    private String where() {
        return listing.describe() + (prefix.isEmpty() ? "" : ", prefix " + prefix);
    }

    private Outcome judge(Instant newest, int count, boolean isAll) {
        var outcome = count == 0 ? none() : aged(Duration.between(newest, time.now()), count);
        return isAll || outcome.status() == Status.PASS || FUTURE_STAMP.equals(outcome.reason())
                ? outcome
                : Outcome.warn(where() + ": none of the first " + count
                                + " objects is young enough, and the others were not looked at")
                        .reason("listing_unfinished")
                        .hint("name a longer prefix, under which there are at most "
                                + ObjectListing.MOST_PAGES * ObjectListing.PAGE
                                + " objects, or a longer timeout where that was reached");
    }

    private Outcome none() {
        return Outcome.fail(where() + ": there is no object")
                .reason("no_object")
                .hint("look why the job that should write there has not, and whether the prefix is right");
    }

    private Outcome aged(Duration age, int count) {
        if (age.plus(CLOCK_TOLERANCE).isNegative()) {
            return Outcome.fail(where() + ": the newest object is stamped " + plain(hours(age.negated()))
                            + " h ahead of our clock, so its age is not known")
                    .reason(FUTURE_STAMP)
                    .hint("synchronise the clocks of this host and of the storage");
        }
        double exact = Math.max(0, age.toMillis()) / 3_600_000.0;
        var threshold = new Threshold("age", Direction.ABOVE, "hours", limits.warnHours(), limits.failHours());
        var status = threshold.judge(exact);
        var sentence = where() + ": the newest of " + count + " objects is " + plain(hours(age)) + " h old";
        var limit = status == Status.FAIL ? limits.failHours() : limits.warnHours();
        var outcome = status == Status.PASS || limit == null
                ? Outcome.pass(sentence)
                : Outcome.of(status, sentence + ", limit " + plain(limit) + " h")
                        .reason("object_old")
                        .hint("look at the job that should write there");
        return outcome.observed("age", hours(age), "hours").threshold(threshold);
    }

    /** Rounded up, so that what is above a limit also reads so. */
    private static double hours(Duration age) {
        return Math.ceil(Math.max(0, age.toMillis()) / 360_000.0) / 10.0;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
