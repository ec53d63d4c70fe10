package dev.koda.checks.tls;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a server presents in a handshake that trusts everybody. If nothing is wrong with it, a second handshake
 * trusts as a client does: it has the last word.
 */
final class ServerCheck implements Check {
    /** What looking came to, and what a second handshake trusts, if there is to be one. */
    private record Looked(Outcome outcome, @Nullable TrustedRoots roots) {}

    private final TlsTarget target;
    private final TlsOptions options;
    private final Supplier<Vertx> vertx;
    private final TimeSource time;
    private final OldProtocol oldProtocol;

    ServerCheck(TlsTarget target, TlsOptions options, Supplier<Vertx> vertx, TimeSource time) {
        this.target = target;
        this.options = options;
        this.vertx = vertx;
        this.time = time;
        oldProtocol = new OldProtocol(target, time);
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var handshakes = new Handshakes(target, vertx.get());
        context.onCancel(handshakes::close);
        return handshakes
                .inspect(context.ioTimeout())
                .compose(presented -> oldProtocol
                        .ask(handshakes, context.ioTimeout())
                        .compose(version -> look(presented, version, context)))
                .compose(looked -> verify(looked, handshakes, context))
                .recover(failure -> explain(failure, handshakes, context))
                .onComplete(done -> handshakes.close())
                .toCompletionStage();
    }

    /** A server that goes on in nothing that we speak may still do so in what we do not. */
    private Future<Outcome> explain(Throwable failure, Handshakes handshakes, CheckContext context) {
        var broken = broken(failure);
        return TlsFault.TLS_HANDSHAKE.reason().equals(broken.reason())
                ? oldProtocol.only(handshakes, context.ioTimeout()).map(only -> only.orElse(broken))
                : Future.succeededFuture(broken);
    }

    private Outcome broken(Throwable failure) {
        return failure instanceof UnusableRoots
                ? Outcome.fail(options.roots() + " holds no readable PEM certificate")
                        .reason("root_certificate")
                        .hint("name a readable PEM file with the authorities to trust there: in KODA_TLS_ROOTS, or as"
                                + " roots of a check in koda.yaml")
                : TlsFault.of(failure).outcome(target);
    }

    /** Files are read and paths are built away from the event loop. */
    private Future<Looked> look(List<X509Certificate> presented, Optional<String> oldVersion, CheckContext context) {
        return Future.fromCompletionStage(context.blocking(() -> {
            var roots = target.isTrustAsked() ? roots() : null;
            var judge = roots == null
                    ? CertificateJudge.ofDates("the certificate of " + target, options, time.now())
                    : CertificateJudge.ofServer(target, roots, options, time.now());
            var renewal = new Renewal(options.files(), target.name());
            var old = oldVersion.map(oldProtocol::accepted).stream().toList();
            return new Looked(judge.judge(new Chain(presented), renewal.missed(presented.get(0)), old), roots);
        }));
    }

    private TrustedRoots roots() throws UnusableRoots {
        try {
            return TrustedRoots.read(options.roots());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new UnusableRoots();
        }
    }

    private Future<Outcome> verify(Looked looked, Handshakes handshakes, CheckContext context) {
        var roots = looked.roots;
        return roots == null || isDecided(looked.outcome)
                ? Future.succeededFuture(looked.outcome)
                : handshakes.verify(roots.manager(), context.ioTimeout()).map(looked.outcome);
    }

    /** What fails is known to be refused, and so is what is not valid yet by a clock that may be a little slow. */
    private static boolean isDecided(Outcome outcome) {
        return outcome.status() == Status.FAIL || Lifetime.NOT_YET_VALID.equals(outcome.reason());
    }

    /** The file with the authorities cannot be used. */
    private static final class UnusableRoots extends Exception {
        UnusableRoots() {
            super("no readable certificate", null, false, false);
        }
    }
}
