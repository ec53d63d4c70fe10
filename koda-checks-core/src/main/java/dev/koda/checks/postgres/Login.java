package dev.koda.checks.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection that logs in once, at the address that was found, and is closed with its pool. Used on one context. */
final class Login {
    private final Ladder ladder;
    private final PostgresOptions options;
    private final Vertx vertx;
    private final Reached reached;
    private @Nullable Pool pool;
    private @Nullable Connector connector;

    Login(Ladder ladder, Vertx vertx, Reached reached) {
        this.ladder = ladder;
        options = ladder.options;
        this.vertx = vertx;
        this.reached = reached;
    }

    /** The connection; fails with {@link BrokenRung}, without a try if the same password was just rejected. */
    Future<SqlConnection> run() {
        var password = options.password().get();
        var repeated = ladder.memory.repeated(password);
        if (repeated != null) {
            return Future.failedFuture(new BrokenRung(repeated));
        }
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(new Addressed(options, reached, password))
                .using(vertx)
                .build();
        return pool.getConnection()
                .onSuccess(connection -> ladder.memory.accepted())
                .recover(failure -> explain(failure, password).compose(Future::failedFuture));
    }

    /** Ends whatever is open, also a connection that is still being made. */
    void close() {
        if (pool != null) {
            pool.close();
        }
        if (connector != null) {
            connector.close();
        }
    }

    private Future<Throwable> explain(Throwable failure, String password) {
        if (!(failure instanceof PgException refusal)) {
            ladder.memory.isNotStarting();
            return Future.succeededFuture(LoginFailure.broken(failure, options));
        }
        if (LoginFailure.isByHostRule(refusal) && options.sslMode() == SslMode.DISABLE) {
            return offersTls().map(offered -> rejected(LoginFailure.byHostRule(options, offered), password));
        }
        var broken = LoginFailure.refused(refusal, options, ladder.memory);
        return Future.succeededFuture(LoginFailure.isRejection(refusal) ? rejected(broken, password) : broken);
    }

    private BrokenRung rejected(BrokenRung broken, String password) {
        return new BrokenRung(ladder.memory.rejected(password, broken.outcome));
    }

    /** Asked only to tell a missing rule from one for TLS alone: the server uses one code for both. */
    private Future<Boolean> offersTls() {
        connector = new Connector(options, vertx, ladder.time, Duration.ZERO);
        return connector
                .connect(reached.address())
                .compose(socket -> TlsRequest.send(socket, options))
                .map(answer -> answer == TlsRequest.Answer.YES)
                .otherwise(false);
    }

    /** Connects to the address that was found, so that no second look-up finds another one. */
    private static final class Addressed extends PgConnectOptions {
        private final SocketAddress address;

        Addressed(PostgresOptions options, Reached reached, String password) {
            address = reached.address();
            setHost(options.host());
            setPort(options.port());
            setDatabase(options.database());
            setUser(options.user());
            setPassword(password);
            setReconnectAttempts(0);
            addProperty("application_name", "koda-checks");
            // Its "prefer" would log in a second time without TLS after any failure; what to do is known by now.
            setSslMode(mode(options, reached));
            if (reached.isEncrypted()) {
                setSslOptions(tls(options, reached));
            }
        }

        @Override
        public SocketAddress getSocketAddress() {
            return address;
        }

        private static io.vertx.pgclient.SslMode mode(PostgresOptions options, Reached reached) {
            if (!reached.isEncrypted()) {
                return io.vertx.pgclient.SslMode.DISABLE;
            }
            if (reached.roots() == null) {
                return io.vertx.pgclient.SslMode.REQUIRE;
            }
            return options.sslMode() == SslMode.VERIFY_FULL
                    ? io.vertx.pgclient.SslMode.VERIFY_FULL
                    : io.vertx.pgclient.SslMode.VERIFY_CA;
        }

        private static ClientSSLOptions tls(PostgresOptions options, Reached reached) {
            var tls = new ClientSSLOptions()
                    .setHostnameVerificationAlgorithm(options.sslMode() == SslMode.VERIFY_FULL ? "HTTPS" : "");
            var roots = reached.roots();
            return roots == null ? tls.setTrustAll(true) : tls.setTrustOptions(TrustOptions.wrap(roots));
        }
    }
}
