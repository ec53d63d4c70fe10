package dev.koda.checks.network;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What to ask for, how, and how far to follow. Immutable; printing it shows no credential.
 *
 * <p>Userinfo of the URL is sent as basic authentication. With credentials only redirects within the origin are
 * followed; any other is the answer.
 */
public final class HttpTarget {
    private final URI url;
    private final HttpRequest request;
    private final int redirects;
    private final Predicate<URI> follow;
    private final int mostBytes;

    private HttpTarget(URI url, HttpRequest request, int redirects, Predicate<URI> follow, int mostBytes) {
        this.url = url;
        this.request = request;
        this.redirects = redirects;
        this.follow = follow;
        this.mostBytes = mostBytes;
    }

    /**
     * A GET that follows no redirect: such an answer is judged like any other.
     *
     * @throws IllegalArgumentException if it is not an absolute http or https URL with a host; the text shows no part of
     *     it
     */
    public static HttpTarget get(URI url) {
        if (!isHttp(url)) {
            throw new IllegalArgumentException("not an absolute http or https URL with a host");
        }
        var userInfo = url.getUserInfo();
        var request = userInfo == null ? HttpRequest.GET : authorized("Basic " + base64(userInfo));
        return new HttpTarget(url, request, 0, to -> true, HttpFetch.MAX_BODY_BYTES);
    }

    /** The same with another method, further headers and a body; its headers count as credentials. */
    public HttpTarget sending(HttpRequest other) {
        var both = new LinkedHashMap<>(request.headers());
        both.putAll(other.headers());
        return new HttpTarget(url, new HttpRequest(other.method(), both, other.body()), redirects, follow, mostBytes);
    }

    /** The same with a bearer token. */
    public HttpTarget bearer(String token) {
        return new HttpTarget(
                url, authorized("Bearer " + Objects.requireNonNull(token, "token")), redirects, follow, mostBytes);
    }

    /**
     * The same, following redirects.
     *
     * @param most more of them fail as {@code too_many_redirects}
     * @param where a redirect elsewhere is not followed and is the answer
     */
    public HttpTarget following(int most, Predicate<URI> where) {
        return new HttpTarget(url, request, most, where, mostBytes);
    }

    /** The same with another limit of the body; the rest of a longer one is not read. */
    public HttpTarget upTo(int bytes) {
        return new HttpTarget(url, request, redirects, follow, bytes);
    }

    /** True if the other URL has this one's scheme, host and port. */
    public boolean isSameOrigin(URI other) {
        return url.getScheme().equalsIgnoreCase(other.getScheme())
                && url.getHost().equalsIgnoreCase(other.getHost())
                && port(url) == port(other);
    }

    URI url() {
        return url;
    }

    HttpRequest request() {
        return request;
    }

    /** What is equal for targets that send the same; it holds the credentials, and is never shown. */
    String key() {
        return "http " + request.method() + " " + url + " " + request.headers() + " " + redirects + " " + mostBytes;
    }

    int redirects() {
        return redirects;
    }

    int mostBytes() {
        return mostBytes;
    }

    boolean follows(URI to) {
        return redirects > 0 && isHttp(to) && (request.headers().isEmpty() || isSameOrigin(to)) && follow.test(to);
    }

    /** Scheme, host, port and path. */
    @Override
    public String toString() {
        return HttpFetch.shown(url);
    }

    static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isTls(url) ? 443 : 80;
    }

    private static boolean isHttp(URI url) {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return url.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    }

    private static HttpRequest authorized(String credentials) {
        return new HttpRequest(HttpRequest.GET.method(), Map.of("Authorization", credentials), null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
