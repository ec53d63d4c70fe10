package dev.koda.dashboard.limits;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.http.TokenBucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds off clients that ask too often. A client is a session; without one, whoever has proved a name at an address; and an
 * address, for all there who have proved nothing. So nobody is held off for what others do behind the same address.
 * Thread-safe.
 */
public final class ClientRates implements AutoCloseable {
    /** More are not remembered: who has asked nothing for the longest time begins anew. */
    static final int CLIENTS = 10_000;

    private final RateLimits limits;
    private final TimeSource time;
    private final Excess excess;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > CLIENTS;
        }
    };

    private ClientRates(RateLimits limits, AuditTrail trail, TimeSource time) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.time = Objects.requireNonNull(time, "time");
        excess = new Excess(Objects.requireNonNull(trail, "trail"), time);
    }

    /**
     * Nobody has asked yet.
     *
     * @param trail hears who is held off
     */
    public static ClientRates of(RateLimits limits, AuditTrail trail, TimeSource time) {
        return new ClientRates(limits, trail, time);
    }

    /** Counts one request of who has proved nothing; see {@link #refusal(Sender, String, String)}. */
    public Optional<Refusal> refusal(Sender sender) {
        return refusal("at " + sender.network(), event(sender));
    }

    /**
     * Counts one request.
     *
     * @param name of whoever has proved to be that
     * @param session the id of the session; null without one
     * @return what to answer in its place, if it is one too many: 429 {@code rate_limited}, with the time to wait
     */
    public Optional<Refusal> refusal(Sender sender, String name, @Nullable String session) {
        var client = session == null ? name + " at " + sender.network() : "session " + session;
        return refusal(client, event(sender).by(name).to(session));
    }

    private AuditEvent event(Sender sender) {
        return AuditEvent.of(AuditEventType.RATE_LIMITED)
                .from(sender.address())
                .with("per_second", limits.perSecond())
                .with("burst", limits.burst());
    }

    private Optional<Refusal> refusal(String client, AuditEvent event) {
        var left = limits.perSecond() == 0 ? Duration.ZERO : take(client);
        if (left.isZero()) {
            return Optional.empty();
        }
        excess.note(client, event);
        return Optional.of(Refusal.of(
                        429,
                        "rate_limited",
                        "too many requests: " + limits.burst() + " may come at once, and then " + limits.perSecond()
                                + " a second")
                .retryAfter(left));
    }

    private synchronized Duration take(String client) {
        long now = time.nanos();
        return buckets.computeIfAbsent(client, unknown -> TokenBucket.full(limits.perSecond(), limits.burst(), now))
                .take(now);
    }

    /** Tells what was not told yet. */
    @Override
    public void close() {
        excess.close();
    }
}
