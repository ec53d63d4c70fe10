package dev.koda.checks.tls;

import dev.koda.checks.Check;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Makes the checks of certificates. */
public final class TlsChecks {
    /** Leaves the two handshakes, and the question for old protocols before the second, 5 s. */
    public static final Duration TIMEOUT = Duration.ofMillis(5100);

    private static final String ID = "tls.certificate";

    private TlsChecks() {}

    /**
     * {@code tls.certificate} of a server, with {@link TlsTarget#instance()}. That of a Postgres runs after {@code
     * postgres.tls}, which says whether it is trusted.
     *
     * @param vertx asked when the check runs, never here; the caller closes it after the engine
     * @param after what else must not have failed before it is worth while, such as the look-up of the name
     */
    public static CheckSpec server(
            TlsTarget target, TlsOptions options, Supplier<Vertx> vertx, TimeSource time, CheckId... after) {
        var spec = certificate(target.instance());
        List.of(after).forEach(spec::dependsOn);
        if (target.isPostgres()) {
            spec.dependsOn("postgres.tls");
        }
        return spec.run(check(target, options, vertx, time));
    }

    /** The same question, to be declared under another id; it takes 5 s at most. */
    public static Check check(TlsTarget target, TlsOptions options, Supplier<Vertx> vertx, TimeSource time) {
        return new ServerCheck(target, options, vertx, time);
    }

    /**
     * {@code tls.certificate} of the options' files.
     *
     * @param instance what names the files, such as a setting
     */
    public static CheckSpec files(String instance, TlsOptions options, TimeSource time) {
        return certificate(instance).scope(Scope.LOCAL).blocking(new FilesCheck(options, time));
    }

    private static CheckSpec.Builder certificate(String instance) {
        return CheckSpec.of(ID)
                .documented()
                .instance(instance)
                .title("Certificate is good")
                .in(Suite.DOCTOR)
                .timeout(TIMEOUT);
    }
}
