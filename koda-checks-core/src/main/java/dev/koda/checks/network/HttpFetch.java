package dev.koda.checks.network;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GETs a URL within bounds, for checks: one deadline over name, connection, TLS, redirects and body; a body of at most
 * {@value #MAX_BODY_BYTES} bytes, unless the target says otherwise; credentials that never leave their origin; each way of failing has its own reason.
 * Thread-safe, never blocks.
 */
public final class HttpFetch {
    /** What a check looks at fits easily; the rest of a longer body is not read. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    private final Supplier<HttpClientAgent> clients;
    private final TimeSource time;
    private final AddressGuard guard;
    private final RefusedAddresses refused;

    private HttpFetch(
            Supplier<HttpClientAgent> clients, TimeSource time, AddressGuard guard, RefusedAddresses refused) {
        this.clients = Objects.requireNonNull(clients, "clients");
        this.time = Objects.requireNonNull(time, "time");
        this.guard = Objects.requireNonNull(guard, "guard");
        this.refused = Objects.requireNonNull(refused, "refused");
    }

    /**
     * Fetches with the client that the supplier gives.
     *
     * @param clients asked when a check runs and not before, so that the client may be made on first use; must give the
     *     same one each time and hold it in a field, because an unreferenced client is closed by the garbage collector
     */
    public static HttpFetch of(Supplier<HttpClientAgent> clients, TimeSource time) {
        return new HttpFetch(clients, time, AddressGuard.standard(), RefusedAddresses.none());
    }

    /** The same with another guard of addresses; that of {@link #of} is {@link AddressGuard#standard}. */
    public HttpFetch guardedBy(AddressGuard other) {
        return new HttpFetch(clients, time, other, refused);
    }

    /** The same, which tells these whom its guard holds off from where. */
    public HttpFetch telling(RefusedAddresses listener) {
        return new HttpFetch(clients, time, guard, listener);
    }

    /** Options for that client: a new connection each time, so that a check sees what a new visitor sees. */
    public static HttpClientOptions clientOptions() {
        return new HttpClientOptions().setKeepAlive(false).setDecompressionSupported(false);
    }

    /**
     * GETs and judges.
     *
     * @param context its time is the limit; the request is given up when the engine gives up on the check
     * @param judge called with the answer, whatever its status; not called if there is none
     * @return the judge's outcome, or a fail with the reason why there was no answer: {@code dns_not_found}, {@code
     *     connection_refused}, {@code unreachable}, {@code timeout}, {@code tls_certificate}, {@code tls_handshake},
     *     {@code tls_not_spoken}, {@code connection_closed}, {@code bad_answer}, {@code too_many_redirects}, {@code address_refused}
     */
    public CompletionStage<Outcome> outcome(
            HttpTarget target, CheckContext context, Function<HttpAnswer, Outcome> judge) {
        return fetch(target, context, judge, Function.identity());
    }

    /**
     * Fetches for a check that needs more than one answer, or sees less in the lack of one.
     *
     * @param answered called with the answer, whatever its status
     * @param unanswered called in its place with the fail that says why there is none
     */
    public <T> CompletionStage<T> fetch(
            HttpTarget target,
            CheckContext context,
            Function<HttpAnswer, T> answered,
            Function<Outcome, T> unanswered) {
        var limit = context.ioTimeout();
        return ended(asked(target, context, limit), target, limit, answered, unanswered);
    }

    /**
     * Asks outside of a check.
     *
     * @param limit of the whole
     * @param answered called with the answer, whatever its status
     * @param unanswered called in its place with the fail that says why there is none
     */
    public <T> CompletionStage<T> fetch(
            HttpTarget target, Duration limit, Function<HttpAnswer, T> answered, Function<Outcome, T> unanswered) {
        var exchange = new HttpExchange(clients.get(), time, target, guard);
        return ended(exchange.start(limit), target, limit, answered, unanswered);
    }

    private static <T> CompletionStage<T> ended(
            Future<HttpAnswer> answer,
            HttpTarget target,
            Duration limit,
            Function<HttpAnswer, T> answered,
            Function<Outcome, T> unanswered) {
        return answer.transform(done -> Future.succeededFuture(
                        done.succeeded()
                                ? answered.apply(done.result())
                                : unanswered.apply(HttpFault.of(done.cause()).outcome(target, limit))))
                .toCompletionStage();
    }

    /**
     * The same, once for all checks of an evaluation that send the same: they look at one answer, and a service that
     * counts requests counts one. For what has no body only.
     */
    public <T> CompletionStage<T> fetchShared(
            HttpTarget target,
            CheckContext context,
            Function<HttpAnswer, T> answered,
            Function<Outcome, T> unanswered) {
        return context.shared(target.key(), () -> fetch(target, context, Fetched::answer, Fetched::fault))
                .thenApply(fetched -> fetched.is(answered, unanswered));
    }

    /** What comes back, whatever its status; fails if nothing does. The limits are those of {@link #outcome}. */
    Future<HttpAnswer> answer(HttpTarget target, CheckContext context) {
        return asked(target, context, context.ioTimeout());
    }

    private Future<HttpAnswer> asked(HttpTarget target, CheckContext context, Duration limit) {
        var exchange = new HttpExchange(clients.get(), time, target, guard);
        context.onCancel(exchange::abort);
        return exchange.start(limit).onComplete(done -> refused.note(context.id(), target, done.cause()));
    }

    /** The URL as a report may show it: scheme, host, port and path; no userinfo, query or fragment. */
    static String shown(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + Objects.requireNonNullElse(url.getRawPath(), "");
    }

    /** An answer, or why there is none: one of both. */
    private record Fetched(
            @Nullable HttpAnswer answered, @Nullable Outcome unanswered) {
        static Fetched answer(HttpAnswer answer) {
            return new Fetched(answer, null);
        }

        static Fetched fault(Outcome outcome) {
            return new Fetched(null, outcome);
        }

        <T> T is(Function<HttpAnswer, T> answer, Function<Outcome, T> fault) {
            return answered == null ? fault.apply(Objects.requireNonNull(unanswered)) : answer.apply(answered);
        }
    }
}
