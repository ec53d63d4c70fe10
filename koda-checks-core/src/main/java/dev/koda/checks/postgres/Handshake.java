package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Asks for TLS as far as the sslmode wants it, and judges who answers. */
final class Handshake {
    /**
     * What came of it.
     *
     * @param reached how to speak to the server from now on
     * @param outcome what is to say about TLS
     */
    record Secured(Reached reached, Outcome outcome) {}

    private final Ladder ladder;
    private final PostgresOptions options;
    private final Vertx vertx;

    Handshake(Ladder ladder, Vertx vertx) {
        this.ladder = ladder;
        options = ladder.options;
        this.vertx = vertx;
    }

    /** Fails with {@link BrokenRung} if TLS is not as the sslmode demands. */
    Future<Secured> with(NetSocket socket) {
        if (options.sslMode() == SslMode.DISABLE) {
            var outcome = isExposed(socket) ? unverified("no TLS") : Outcome.skipped("sslmode is disable");
            return Future.succeededFuture(new Secured(new Reached(socket.remoteAddress(), false, null), outcome));
        }
        return TlsRequest.send(socket, options).compose(answer -> switch (answer) {
            case YES -> options.verifiesRoot() ? verify(socket) : upgrade(socket, null);
            case NO -> plain(socket);
            case OTHER ->
                Future.failedFuture(BrokenRung.of(
                        "unexpected_answer",
                        options.server() + " did not answer as Postgres does",
                        "see what listens there: it may be another service"));
        });
    }

    private Future<Secured> plain(NetSocket socket) {
        if (options.sslMode().demandsTls()) {
            return Future.failedFuture(BrokenRung.of(
                    "tls_unsupported",
                    options.server() + " offers no TLS, and sslmode "
                            + options.sslMode().word() + " demands it",
                    "set ssl = on in postgresql.conf with a certificate, or lower sslmode where the network is yours"));
        }
        var outcome = isExposed(socket)
                ? unverified("no TLS")
                : Outcome.pass(options.server() + " offers no TLS, and sslmode prefer does without");
        return Future.succeededFuture(new Secured(new Reached(socket.remoteAddress(), false, null), outcome));
    }

    private Future<Secured> verify(NetSocket socket) {
        return ladder.roots.load(vertx).compose(roots -> upgrade(socket, roots));
    }

    private Future<Secured> upgrade(NetSocket socket, @Nullable X509ExtendedTrustManager roots) {
        boolean isHostVerified = roots != null && options.sslMode() == SslMode.VERIFY_FULL;
        var judge = new PeerJudge(roots, isHostVerified, ladder.time.now());
        var tls = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(judge))
                .setHostnameVerificationAlgorithm(isHostVerified ? "HTTPS" : "");
        return socket.upgradeToSsl(tls, serverName())
                .recover(
                        failure -> Future.failedFuture(
                                BrokenRung.of(
                                        "tls_handshake",
                                        options.server() + " offers TLS, but the handshake failed",
                                        "see the log of the server: protocol versions, ciphers, or a client certificate that it demands")))
                .compose(done -> secured(socket, roots, judge.fault()));
    }

    private Future<Secured> secured(
            NetSocket socket, @Nullable X509ExtendedTrustManager roots, PeerJudge.@Nullable Fault fault) {
        if (fault != null) {
            return Future.failedFuture(broken(fault));
        }
        var protocol = socket.sslSession().getProtocol();
        var outcome = isExposed(socket) && options.sslMode() != SslMode.VERIFY_FULL
                ? unverified(protocol)
                : Outcome.pass(protocol + (roots == null ? ", server not verified" : ", server verified") + ": sslmode "
                        + options.sslMode().word());
        return Future.succeededFuture(new Secured(new Reached(socket.remoteAddress(), true, roots), outcome));
    }

    private BrokenRung broken(PeerJudge.Fault fault) {
        return switch (fault) {
            case EXPIRED ->
                BrokenRung.of(
                        "tls_expired",
                        "the certificate of " + options.server() + " is out of date",
                        "renew the server's certificate and reload Postgres; see that the clocks of both hosts are right");
            case UNTRUSTED ->
                BrokenRung.of(
                        "tls_untrusted",
                        "the certificate of " + options.server() + " does not lead to a trusted root",
                        "point sslrootcert to the PEM file of the authority that signed it");
            case OTHER_HOST ->
                BrokenRung.of(
                        "tls_hostname",
                        "the certificate of " + options.server() + " is not made out to " + options.host(),
                        "connect by a name that the certificate carries, or have one made with this name");
        };
    }

    private Outcome unverified(String protocol) {
        return Outcome.warn(protocol + " with sslmode " + options.sslMode().word()
                        + ": on a public network anyone could answer as " + options.server() + ", verify-full expected")
                .reason("tls_unverified")
                .hint("set sslmode=verify-full and sslrootcert");
    }

    /** True for a production server on an address that is neither this host's nor of a private network. */
    private boolean isExposed(NetSocket socket) {
        if (!options.production()) {
            return false;
        }
        var bytes = NetUtil.createByteArrayFromIpAddressString(
                socket.remoteAddress().hostAddress());
        return bytes != null && !isPrivate(bytes);
    }

    static boolean isPrivate(byte[] bytes) {
        try {
            var address = InetAddress.getByAddress(bytes);
            boolean isUniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
            return isUniqueLocal
                    || address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress();
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("an address of a wrong length", impossible);
        }
    }

    /** A certificate is chosen by name only where there is one: an address is no server name. */
    private @Nullable String serverName() {
        var host = options.host();
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host) ? null : host;
    }
}
