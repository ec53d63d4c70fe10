package dev.koda.checks.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that certificates must lead to. Reading them blocks.
 *
 * @param certificates of the authorities
 * @param manager trusts as a client with these authorities does
 */
record TrustedRoots(Set<X509Certificate> certificates, X509TrustManager manager) {
    /** Those of the JDK, which a process reads once. */
    private static final class Jdk {
        static final List<X509Certificate> ROOTS = read();

        private static List<X509Certificate> read() {
            try {
                return List.of(TrustedRoots.manager(null).getAcceptedIssuers());
            } catch (GeneralSecurityException unreadable) {
                throw new IllegalStateException("the authorities of the JDK", unreadable);
            }
        }
    }

    /** Those of the JDK and those of the file, which is read anew each time. */
    static TrustedRoots read(@Nullable Path pem) throws GeneralSecurityException, IOException {
        var all = new ArrayList<>(Jdk.ROOTS);
        if (pem != null) {
            all.addAll(PemFile.read(pem));
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var certificate : all) {
            store.setCertificateEntry("root-" + store.size(), certificate);
        }
        return new TrustedRoots(Set.copyOf(all), manager(store));
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
