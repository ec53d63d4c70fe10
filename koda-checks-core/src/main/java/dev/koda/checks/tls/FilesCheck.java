package dev.koda.checks.tls;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Are the certificates in files of this host in date and strong, and do the keys beside them belong to them? Whom they
 * lead to is asked of servers.
 */
final class FilesCheck implements CheckSpec.BlockingCheck {
    private final TlsOptions options;
    private final TimeSource time;

    FilesCheck(TlsOptions options, TimeSource time) {
        this.options = options;
        this.time = time;
    }

    @Override
    public Outcome run(CheckContext context) {
        var answers = new ArrayList<Outcome>();
        var own = new ArrayList<X509Certificate>();
        for (var file : options.files()) {
            answers.add(judge(file, own));
        }
        var keys = new KeysJudge(own);
        for (var file : options.keys()) {
            keys.judge(file).ifPresent(answers::add);
        }
        if (answers.size() == 1) {
            return answers.get(0);
        }
        int count = options.files().size();
        var good = count == 1 ? answers.get(0) : Outcome.pass(count + " files hold good certificates");
        return Outcome.combined(answers, good.message(good.message() + keys.inOrder()));
    }

    private Outcome judge(Path file, List<X509Certificate> own) {
        try {
            var text = PemFile.text(file);
            var chain = new Chain(PemFile.certificates(text));
            own.add(chain.leaf());
            var after = KeyFile.in(text).stream()
                    .filter(key -> key.fit(chain.leaf()) == KeyFile.Fit.NO)
                    .map(other -> KeysJudge.foreign(file, "the certificate before or after it"))
                    .toList();
            return CertificateJudge.ofDates("the certificate in " + file, options, time.now())
                    .judge(chain, List.of(), after);
        } catch (NoSuchFileException missing) {
            return Outcome.fail("there is no file " + file)
                    .reason("missing")
                    .hint("correct KODA_TLS_CERTIFICATES, or put the certificate there");
        } catch (AccessDeniedException denied) {
            return Outcome.warn("this user may not read " + file)
                    .reason("permission")
                    .hint("let the user of this process read the certificate; its key may stay in another file");
        } catch (IOException | CertificateException none) {
            return Outcome.fail(file + " holds no readable PEM certificate")
                    .reason("tls_no_certificate")
                    .hint("put the certificate there in PEM form, its own first and then its chain");
        }
    }
}
