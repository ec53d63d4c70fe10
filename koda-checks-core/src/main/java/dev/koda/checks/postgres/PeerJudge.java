package dev.koda.checks.postgres;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets every server through and notes what is wrong with it: one question after the other, since the exceptions of a
 * refused handshake tell an unknown authority and a wrong name apart by their texts alone. Nothing is ever sent over a
 * connection that it let through; the one that logs in enforces the same roots itself.
 */
final class PeerJudge extends X509ExtendedTrustManager {
    enum Fault {
        EXPIRED,
        UNTRUSTED,
        OTHER_HOST
    }

    private final @Nullable X509ExtendedTrustManager roots;
    private final boolean isHostVerified;
    private final Instant now;
    private volatile @Nullable Fault fault;

    /**
     * @param roots null to accept whatever comes
     * @param isHostVerified whether the certificate must name the host; the handshake's options must say so too
     */
    PeerJudge(@Nullable X509ExtendedTrustManager roots, boolean isHostVerified, Instant now) {
        this.roots = roots;
        this.isHostVerified = isHostVerified;
        this.now = now;
    }

    /** What is wrong, or null. */
    @Nullable
    Fault fault() {
        return fault;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        if (roots != null) {
            fault = judge(roots, chain, authType, engine);
        }
    }

    private @Nullable Fault judge(
            X509ExtendedTrustManager roots, X509Certificate[] chain, String authType, SSLEngine engine) {
        try {
            chain[0].checkValidity(Date.from(now));
            roots.checkServerTrusted(chain, authType);
        } catch (CertificateException refused) {
            return isOutOfDate(refused) ? Fault.EXPIRED : Fault.UNTRUSTED;
        }
        if (isHostVerified) {
            try {
                roots.checkServerTrusted(chain, authType, engine);
            } catch (CertificateException refused) {
                return Fault.OTHER_HOST;
            }
        }
        return null;
    }

    private static boolean isOutOfDate(CertificateException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            boolean isDate = cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException
                    || (cause instanceof CertPathValidatorException path
                            && (path.getReason() == BasicReason.EXPIRED
                                    || path.getReason() == BasicReason.NOT_YET_VALID));
            if (isDate) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are judged");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are judged");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only servers are judged");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only servers are judged");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only servers are judged");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
