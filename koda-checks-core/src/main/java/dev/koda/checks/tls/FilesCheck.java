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
import java.util.ArrayList;
import java.util.List;

/** Are the certificates in files of this host in date and strong? Whom they lead to is asked of servers. */
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
        for (var file : options.files()) {
            answers.add(judge(file));
        }
        int count = answers.size();
        return count == 1
                ? answers.get(0)
                : Outcome.combined(answers, Outcome.pass(count + " files hold good certificates"));
    }

    private Outcome judge(Path file) {
        try {
            var chain = new Chain(PemFile.read(file));
            return CertificateJudge.ofDates("the certificate in " + file, options, time.now())
                    .judge(chain, List.of());
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
