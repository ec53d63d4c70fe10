package dev.koda.checks.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The roots that a server's certificate must lead to: a PEM file, read anew each time, or the JDK's, read once. */
final class Roots {
    private final @Nullable Path pem;
    private volatile @Nullable X509ExtendedTrustManager own;

    Roots(@Nullable Path pem) {
        this.pem = pem;
    }

    /** Reads files away from the event loop; fails with {@link BrokenRung}. */
    Future<X509ExtendedTrustManager> load(Vertx vertx) {
        var known = own;
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return vertx.executeBlocking(this::read, false)
                .recover(
                        failure -> Future.failedFuture(
                                BrokenRung.of(
                                        "root_certificate",
                                        (pem == null ? "the trusted roots of the JDK" : pem.toString())
                                                + " holds no readable PEM certificate",
                                        "point sslrootcert to a readable PEM file with the authority that signed the server's certificate")));
    }

    private X509ExtendedTrustManager read() throws GeneralSecurityException, IOException {
        if (pem != null) {
            return trusting(certificates(pem));
        }
        var read = trusting(null);
        own = read;
        return read;
    }

    private static KeyStore certificates(Path pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(pem)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("root-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("no certificate in the file");
        }
        return store;
    }

    private static X509ExtendedTrustManager trusting(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
