package dev.koda.checks.tls;

import dev.koda.checks.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with what a server presents, the worst first. */
final class CertificateJudge {
    /** The extension that says where an issuer's certificate is found, and the mark of that in it (RFC 5280, 4.2.2.1). */
    private static final String INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    private static final String ISSUERS =
            new String(new byte[] {6, 8, 43, 6, 1, 5, 5, 7, 48, 2}, StandardCharsets.ISO_8859_1);

    private static final String TRUSTED = "the file of the trusted: KODA_TLS_ROOTS, or roots of a check in koda.yaml";

    private final String owner;
    private final TlsOptions options;
    private final Instant now;
    private final @Nullable String host;
    private final @Nullable TrustedRoots roots;

    private CertificateJudge(
            String owner, TlsOptions options, Instant now, @Nullable String host, @Nullable TrustedRoots roots) {
        this.owner = owner;
        this.options = options;
        this.now = now;
        this.host = host;
        this.roots = roots;
    }

    /** Of a server that is reached by this name and must lead to one of these. */
    static CertificateJudge ofServer(TlsTarget target, TrustedRoots roots, TlsOptions options, Instant now) {
        return new CertificateJudge("the certificate of " + target, options, now, target.name(), roots);
    }

    /** Of one whose dates and strength alone are asked for. */
    static CertificateJudge ofDates(String owner, TlsOptions options, Instant now) {
        return new CertificateJudge(owner, options, now, null, null);
    }

    /**
     * All that is wrong.
     *
     * @param before what is known besides, and explains the rest
     * @param after what is known besides, and matters less where both are as bad
     */
    Outcome judge(Chain chain, List<Outcome> before, List<Outcome> after) {
        var weak = weak(chain);
        // A weak one is refused by the JDK for that alone, so whether it leads anywhere is not to be found out.
        var path = roots == null || !weak.isEmpty()
                ? Optional.of(chain.linked())
                : chain.pathTo(roots.certificates(), now);
        var lifetimes = lifetimes(path.orElse(chain.linked()));
        var soonest =
                lifetimes.stream().min(Comparator.comparing(Lifetime::until)).orElseThrow();
        var answers = new ArrayList<>(before);
        lifetimes.forEach(lifetime -> answers.add(lifetime.judge(options)));
        answers.addAll(weak);
        if (path.isEmpty()) {
            answers.add(untrusted(chain));
        }
        addName(chain, answers);
        answers.addAll(after);
        return withFigures(Outcome.combined(answers, Outcome.pass(inOrder(chain))), soonest);
    }

    private List<Outcome> weak(Chain chain) {
        return chain.linked().stream()
                .map(each -> Weakness.of(each, label(each, chain)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** An authority that is sent along is not judged by its dates: clients have their own copy of it. */
    private List<Lifetime> lifetimes(List<X509Certificate> path) {
        return path.stream()
                .filter(each -> each.equals(path.get(0)) || !Chain.isSelfSigned(each))
                .map(each -> new Lifetime(each, each.equals(path.get(0)) ? owner : above(each), now))
                .toList();
    }

    private String label(X509Certificate certificate, Chain chain) {
        return certificate.equals(chain.leaf()) ? owner : above(certificate);
    }

    private String above(X509Certificate certificate) {
        return owner + " stands on one that is made out to "
                + certificate.getSubjectX500Principal().getName() + ", which";
    }

    private Outcome untrusted(Chain chain) {
        var linked = chain.linked();
        var top = linked.get(linked.size() - 1);
        if (Chain.isSelfSigned(chain.leaf())) {
            return Outcome.fail(owner + " is signed by itself")
                    .reason("tls_self_signed")
                    .hint("have one issued by an authority, or put this one into " + TRUSTED);
        }
        var issuer = top.getIssuerX500Principal().getName();
        if (!Chain.isSelfSigned(top) && saysWhereItsIssuerIs(top)) {
            return Outcome.fail(owner + " comes without the certificate of its issuer, " + issuer)
                    .reason("tls_chain_incomplete")
                    .hint("serve the whole chain, often a file named fullchain.pem");
        }
        return Outcome.fail(owner + " leads to " + issuer + ", which is not trusted here")
                .reason("tls_untrusted")
                .hint("have one issued by a public authority, or put yours into " + TRUSTED);
    }

    /** Public authorities write it into what is issued below an intermediate, so that one is missing and not private. */
    private static boolean saysWhereItsIssuerIs(X509Certificate certificate) {
        var extension = certificate.getExtensionValue(INFORMATION_ACCESS);
        return extension != null && new String(extension, StandardCharsets.ISO_8859_1).contains(ISSUERS);
    }

    private void addName(Chain chain, List<Outcome> answers) {
        var names = Names.of(chain.leaf());
        if (host != null && !names.include(host)) {
            answers.add(Outcome.fail(owner + " is made out to " + names)
                    .reason("tls_hostname")
                    .hint("have one issued that names " + host + ", or use a host name that it has"));
        }
    }

    private String inOrder(Chain chain) {
        var lifetime = new Lifetime(chain.leaf(), owner, now);
        return owner + " holds for " + Lifetime.number(lifetime.leftDays()) + " of its "
                + Lifetime.number(lifetime.wholeDays()) + " days more";
    }

    private Outcome withFigures(Outcome outcome, Lifetime soonest) {
        var figures = outcome.observed("remaining", soonest.leftDays(), "days")
                .observed("not_after", soonest.until().getEpochSecond(), "seconds");
        for (var threshold : soonest.judge(options).thresholds()) {
            figures = figures.threshold(threshold);
        }
        return figures;
    }
}
