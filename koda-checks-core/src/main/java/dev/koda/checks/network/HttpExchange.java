package dev.koda.checks.network;

import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request with its redirects. Used once. */
final class HttpExchange {
    /** The limit of the whole ends first, so that a host without an answer has one reason and not two. */
    private static final long CONNECT_LATER_MILLIS = 500;

    private final HttpClientAgent client;
    private final TimeSource time;
    private final HttpTarget target;
    private final AddressGuard guard;
    private final long startNanos;
    private volatile @Nullable HttpClientRequest current;
    private volatile boolean aborted;

    HttpExchange(HttpClientAgent client, TimeSource time, HttpTarget target, AddressGuard guard) {
        this.client = client;
        this.time = time;
        this.target = target;
        this.guard = guard;
        startNanos = time.nanos();
    }

    Future<HttpAnswer> start(Duration limit) {
        long millis = Math.max(1, limit.toMillis());
        return get(target.url(), target.redirects(), millis)
                .timeout(millis, TimeUnit.MILLISECONDS)
                .onFailure(failure -> abort());
    }

    /** Gives up: whatever still arrives is thrown away, and the connection is closed. */
    void abort() {
        aborted = true;
        var request = current;
        if (request != null) {
            request.reset();
        }
    }

    /** Composed with the answer where that arrives: from the thread of a caller, a quick one may be over before it is read. */
    private Future<HttpAnswer> get(URI url, int redirectsLeft, long limitMillis) {
        if (guard.refusesHost(url.getHost())) {
            return Future.failedFuture(new AddressGuard.RefusedAddress(url.getHost()));
        }
        return client.request(options(url, limitMillis))
                .compose(request -> guarded(request)
                        .compose(this::send)
                        .compose(response -> redirectOf(response, url)
                                .map(to -> follow(response, to, redirectsLeft, limitMillis))
                                .orElseGet(() -> read(response, url))));
    }

    /** The peer of the connection decides, whatever a name has meant before; nothing is sent to a refused one. */
    private Future<HttpClientRequest> guarded(HttpClientRequest request) {
        var peer = request.connection().remoteAddress().hostAddress();
        if (peer != null && guard.refusesAddress(peer)) {
            request.connection().close();
            return Future.failedFuture(new AddressGuard.RefusedAddress(peer));
        }
        return Future.succeededFuture(request);
    }

    private RequestOptions options(URI url, long limitMillis) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(target.request().method()))
                .setHost(url.getHost())
                .setPort(HttpTarget.port(url))
                .setSsl(HttpTarget.isTls(url))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setConnectTimeout(limitMillis + CONNECT_LATER_MILLIS)
                .putHeader("User-Agent", "koda-checks")
                .putHeader("Accept", "text/html, application/json;q=0.9, */*;q=0.1");
        target.request().headers().forEach(options::putHeader);
        return options;
    }

    private Future<HttpClientResponse> send(HttpClientRequest request) {
        current = request;
        if (aborted) {
            request.reset();
        }
        var body = target.request().body();
        return body == null ? request.send() : request.send(body);
    }

    private Optional<URI> redirectOf(HttpClientResponse response, URI from) {
        return location(response, from).filter(target::follows);
    }

    /** Where a redirect leads; empty if the answer is none or says nothing usable. */
    private static Optional<URI> location(HttpClientResponse response, URI from) {
        var location = response.getHeader("Location");
        int status = response.statusCode();
        if (location == null || status < 300 || status > 399) {
            return Optional.empty();
        }
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    private Future<HttpAnswer> follow(HttpClientResponse response, URI to, int redirectsLeft, long limitMillis) {
        response.exceptionHandler(given -> {}); // else the client logs an error for what is given up here
        response.request().reset();
        return redirectsLeft > 0
                ? get(to, redirectsLeft - 1, limitMillis)
                : Future.failedFuture(new HttpFault.TooManyRedirects());
    }

    private Future<HttpAnswer> read(HttpClientResponse response, URI url) {
        Promise<Buffer> whole = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(body));
        response.handler(part -> {
            int room = target.mostBytes() - body.length();
            body.appendBuffer(part, 0, Math.min(room, part.length()));
            if (part.length() > room) {
                whole.tryComplete(body);
                response.request().reset();
            }
        });
        var location = location(response, url);
        var date = date(response);
        return whole.future().map(bytes -> answer(response, bytes, location, date));
    }

    private static Optional<Instant> date(HttpClientResponse response) {
        try {
            return Optional.ofNullable(response.getHeader("Date"))
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private HttpAnswer answer(
            HttpClientResponse response, Buffer body, Optional<URI> location, Optional<Instant> date) {
        var took = Duration.ofNanos(time.nanos() - startNanos);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.merge(header.getKey(), header.getValue(), (a, b) -> a + ", " + b));
        return new HttpAnswer(
                target, response.statusCode(), headers, body.toString(StandardCharsets.UTF_8), location, date, took);
    }
}
