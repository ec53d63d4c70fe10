package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why there was no handshake. Declared from special to general: the first whose type is among the causes is the one. */
enum TlsFault {
    TIMEOUT(TimeoutException.class, "%s gives no answer in time", "look whether a firewall drops the packets"),
    CONNECT_TIMEOUT(
            ConnectTimeoutException.class,
            "%s does not answer at all",
            "look whether a firewall drops the packets, and correct host and port"),
    DNS_NOT_FOUND(
            UnknownHostException.class,
            "the host name of %s does not resolve",
            "correct the host name, or look at the resolver of this host"),
    UNREACHABLE(
            NoRouteToHostException.class,
            "there is no route to %s",
            "look at the routes and firewalls between this host and the server"),
    CONNECTION_REFUSED(
            ConnectException.class, "%s refuses the connection", "start the server, or correct host and port"),
    TLS_CERTIFICATE(
            CertificateException.class,
            "a client that verifies refuses the certificate of %s, though its dates, chain, names and keys are in order",
            "look at its key usage and at the name constraints of the authorities above it"),
    TLS_NOT_SPOKEN(
            NotSslRecordException.class, "%s does not speak TLS", "use http in the URL, or turn TLS on at that port"),
    TLS_UNSUPPORTED(
            Refused.class, "%s offers no TLS", "set ssl = on in postgresql.conf with a certificate, or lower sslmode"),
    TLS_HANDSHAKE(
            SSLException.class,
            "%s speaks TLS, but the handshake fails",
            "allow TLS 1.2 or 1.3 with current ciphers; see whether the server demands a client certificate"),
    CONNECTION_CLOSED(
            Throwable.class,
            "%s ends the connection before the handshake is complete",
            "look at the log of the server and of any proxy before it");

    private final Class<? extends Throwable> type;
    private final String sentence;
    private final String hint;

    TlsFault(Class<? extends Throwable> type, String sentence, String hint) {
        this.type = type;
        this.sentence = sentence;
        this.hint = hint;
    }

    /** Which one the exception of a client means, by the types of its causes. */
    static TlsFault of(Throwable failure) {
        return Stream.of(values())
                .filter(fault -> Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(fault.type::isInstance))
                .findFirst()
                .orElse(CONNECTION_CLOSED);
    }

    Reason reason() {
        return new Reason(name().toLowerCase(Locale.ROOT));
    }

    Outcome outcome(TlsTarget target) {
        return Outcome.fail(String.format(Locale.ROOT, sentence, target))
                .reason(reason())
                .hint(hint);
    }

    /** A Postgres said no to TLS. */
    static final class Refused extends Exception {
        Refused() {
            super("no TLS", null, false, false);
        }
    }
}
