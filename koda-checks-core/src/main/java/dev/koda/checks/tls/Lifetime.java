package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The time in which one certificate holds, and how much of it is left. The limits are days, but never more than a share
 * of the lifetime: a certificate of 90 days is renewed when 30 are left, so a plain 30 days would be a false alarm.
 *
 * @param certificate what it is about
 * @param label what messages call it
 * @param now by our clock
 */
record Lifetime(X509Certificate certificate, String label, Instant now) {
    static final Reason NOT_YET_VALID = new Reason("tls_not_yet_valid");

    private static final double WARN_PART = 4;
    private static final double FAIL_PART = 10;
    /** What clocks differ without anybody noticing. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    Outcome judge(TlsOptions options) {
        var early = Duration.between(now, from());
        if (!early.isNegative() && !early.isZero()) {
            return notYet(early);
        }
        if (now.isAfter(until())) {
            return Outcome.fail(label + " expired " + ago(Duration.between(until(), now)))
                    .reason("tls_expired")
                    .hint("renew it and reload the server; if it is renewed automatically, look at the log of that");
        }
        double warn = Math.min(options.warnDays(), wholeDays() / WARN_PART);
        double fail = Math.min(options.failDays(), wholeDays() / FAIL_PART);
        var outcome =
                Outcome.below("remaining", days(left()), "days").warn(warn).fail(fail);
        return outcome.status() == Status.PASS ? outcome : soon(outcome, outcome.status() == Status.FAIL ? fail : warn);
    }

    private Outcome notYet(Duration early) {
        var text = label + " is valid only from " + from() + " on";
        var outcome = early.compareTo(CLOCKS_DIFFER) < 0 ? Outcome.warn(text) : Outcome.fail(text);
        return outcome.reason(NOT_YET_VALID)
                .hint("see that the clock of this host is right; else present a certificate that is valid now");
    }

    private Outcome soon(Outcome outcome, double limit) {
        return outcome.message(label + " expires in " + number(leftDays()) + " days of its " + number(wholeDays())
                        + ", limit " + number(limit) + " days")
                .reason("tls_expires_soon")
                .hint("renew it and reload the server; if it is renewed automatically, look at the log of that");
    }

    Instant until() {
        return certificate.getNotAfter().toInstant();
    }

    private Instant from() {
        return certificate.getNotBefore().toInstant();
    }

    /** In days, one decimal, rounded down; negative once it has expired. */
    double leftDays() {
        return Math.floor(left().toSeconds() / 8640.0) / 10;
    }

    private Duration left() {
        return Duration.between(now, until());
    }

    /** In days. */
    double wholeDays() {
        return days(Duration.between(from(), until()));
    }

    private static double days(Duration length) {
        return length.toMillis() / 86_400_000.0;
    }

    private static String ago(Duration since) {
        return since.toDays() > 0 ? since.toDays() + " days ago" : since.toHours() + " hours ago";
    }

    static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
