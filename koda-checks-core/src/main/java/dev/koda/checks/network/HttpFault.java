package dev.koda.checks.network;

import dev.koda.checks.Outcome;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why there was no answer. Declared from special to general: the first whose type is among the causes is the one. */
enum HttpFault {
    TOO_MANY_REDIRECTS(
            TooManyRedirects.class,
            "redirects too often",
            "look for a redirect loop, often between http and https behind a proxy"),
    ADDRESS_REFUSED(
            AddressGuard.RefusedAddress.class,
            "leads to a link-local address or to the metadata of a cloud, which no check asks",
            "correct the URL or where its name points; if it is meant, set KODA_ALLOW_LINK_LOCAL=true"),
    TIMEOUT(
            TimeoutException.class,
            "gives no answer in time",
            "look whether the service is overloaded or a firewall drops the packets"),
    DNS_NOT_FOUND(
            UnknownHostException.class,
            "has a host name that does not resolve",
            "correct the host name, or look at the resolver of this host"),
    UNREACHABLE(
            NoRouteToHostException.class,
            "cannot be reached: no route to the host",
            "look at the routes and firewalls between this host and the service"),
    CONNECTION_REFUSED(ConnectException.class, "refuses the connection", "start the service, or correct host and port"),
    TLS_CERTIFICATE(
            CertificateException.class,
            "has a certificate that is not trusted for its host name",
            "renew the certificate, or serve the one of this host name with its whole chain"),
    TLS_NOT_SPOKEN(
            NotSslRecordException.class, "does not speak TLS", "use http in the URL, or turn TLS on at that port"),
    TLS_HANDSHAKE(
            SSLException.class,
            "fails the TLS handshake",
            "look at the TLS versions and ciphers that the service allows"),
    CONNECTION_CLOSED(
            IOException.class,
            "closes the connection before its answer is complete",
            "look at the log of the service and of the proxy before it"),
    BAD_ANSWER(Throwable.class, "gives an answer that is not HTTP", "check that the port belongs to an HTTP server");

    private final Class<? extends Throwable> type;
    private final String sentence;
    private final String hint;

    HttpFault(Class<? extends Throwable> type, String sentence, String hint) {
        this.type = type;
        this.sentence = sentence;
        this.hint = hint;
    }

    /** Which one the exception of a client means, by the types of its causes. */
    static HttpFault of(Throwable failure) {
        return Stream.of(values())
                .filter(fault -> causes(failure).anyMatch(fault::isShownBy))
                .findFirst()
                .orElse(BAD_ANSWER);
    }

    /** The client has a type of its own for a closed connection, beside the JDK's. */
    private boolean isShownBy(Throwable cause) {
        return type.isInstance(cause) || (this == CONNECTION_CLOSED && cause instanceof HttpClosedException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    Outcome outcome(Object target, Duration limit) {
        var text = target + " " + sentence;
        return Outcome.fail(this == TIMEOUT ? text + ", limit " + limit.toMillis() + " ms" : text)
                .reason(name().toLowerCase(Locale.ROOT))
                .hint(hint);
    }

    /** Ends a chain of redirects that is too long. */
    static final class TooManyRedirects extends Exception {
        TooManyRedirects() {
            super("too many redirects", null, false, false);
        }
    }
}
