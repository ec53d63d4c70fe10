package dev.koda.checks.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server presents, or a file holds: its own certificate first, then others in any order, of which some may belong
 * to nothing.
 *
 * @param presented at least one
 */
record Chain(List<X509Certificate> presented) {
    Chain {
        presented = List.copyOf(presented);
    }

    X509Certificate leaf() {
        return presented.get(0);
    }

    /** The leaf and above it each issuer that is there; stray ones are left out. */
    List<X509Certificate> linked() {
        var linked = new ArrayList<X509Certificate>(List.of(leaf()));
        for (var last = leaf(); !isSelfSigned(last); last = linked.get(linked.size() - 1)) {
            var issuer = issuerOf(last);
            if (issuer.isEmpty() || linked.contains(issuer.get())) {
                break;
            }
            linked.add(issuer.get());
        }
        return linked;
    }

    private Optional<X509Certificate> issuerOf(X509Certificate certificate) {
        return presented.stream()
                .filter(other -> isIssuedBy(certificate, other))
                .findFirst();
    }

    /**
     * The certificates from the leaf up to an authority, itself left out, as a client puts them together; empty if there
     * is no such path at any time. One that holds at no time but a past one is still a path: its dates are another
     * question.
     */
    Optional<List<X509Certificate>> pathTo(Set<X509Certificate> authorities, Instant now) {
        if (authorities.contains(leaf())) {
            return Optional.of(List.of(leaf()));
        }
        var anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        return pathTo(anchors, Date.from(now))
                .or(() -> pathTo(anchors, latestStart()))
                .or(() -> pathTo(anchors, leaf().getNotBefore()));
    }

    /** If there is any moment at which all of them hold, this is one. */
    private Date latestStart() {
        return presented.stream()
                .map(X509Certificate::getNotBefore)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Optional<List<X509Certificate>> pathTo(Set<TrustAnchor> anchors, Date at) {
        try {
            var selector = new X509CertSelector();
            selector.setCertificate(leaf());
            var parameters = new PKIXBuilderParameters(anchors, selector);
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
            var path = CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
            return Optional.of(path.getCertificates().stream().map(Chain::x509).toList());
        } catch (GeneralSecurityException none) {
            return Optional.empty();
        }
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate;
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuedBy(certificate, certificate);
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }
}
