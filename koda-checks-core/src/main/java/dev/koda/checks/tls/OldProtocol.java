package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether one server still goes on in TLS 1.1 or older, which RFC 8996 forbids. It is asked once an hour while it refuses
 * that: a handshake that it refuses is a line in its log each time. Thread-safe.
 */
final class OldProtocol {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    /** Two round trips of a bad line. Whoever says nothing for so long is asked again the next time. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final TlsTarget target;
    private final TimeSource time;
    private volatile boolean isRefused;
    private volatile long refusedNanos;

    OldProtocol(TlsTarget target, TimeSource time) {
        this.target = target;
        this.time = time;
    }

    /** The version in which the server goes on; empty if it refuses or says nothing. Never fails. */
    Future<Optional<String>> ask(Handshakes handshakes, Duration left) {
        if (isRefused && time.nanos() - refusedNanos < GOOD_FOR.toNanos()) {
            return Future.succeededFuture(Optional.empty());
        }
        var half = left.dividedBy(2);
        return handshakes
                .greet(OldHello.to(target.name()), half.compareTo(LONGEST) < 0 ? half : LONGEST)
                .map(this::remembered)
                .otherwise(Optional.empty());
    }

    private Optional<String> remembered(Optional<String> version) {
        refusedNanos = time.nanos();
        isRefused = version.isEmpty();
        return version;
    }

    /** It is one of those that it speaks. */
    Outcome accepted(String version) {
        return Outcome.warn(target + " still accepts " + version + ", expected TLS 1.2 or newer only")
                .reason("tls_old_protocol")
                .hint("switch off TLS 1.1 and older at that server, as RFC 8996 wants it");
    }

    /** What to say of a server that goes on in nothing newer, though TLS 1.2 is offered; empty for others. Never fails. */
    Future<Optional<Outcome>> only(Handshakes handshakes, Duration left) {
        return handshakes
                .greet(OldHello.withTls12To(target.name()), left)
                .map(version -> version.map(this::only))
                .otherwise(Optional.empty());
    }

    private Outcome only(String version) {
        return Outcome.fail(target + " speaks " + version + " at most, expected TLS 1.2 or newer")
                .reason("tls_old_protocol")
                .hint("switch on TLS 1.2 and 1.3 at that server: clients refuse what is older");
    }
}
