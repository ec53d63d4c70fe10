package dev.koda.dashboard.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The Postgres that the operations surface remembers in. Opens no connection before its first statement, and works
 * through a pooler in transaction mode: statements are not kept, and nothing depends on a session.
 *
 * <p>Every failed stage carries a {@link StoreException}. Thread-safe; close it after whoever uses it.
 */
public final class OperationsStore implements AutoCloseable {
    /** The schema of every table; statements name it. */
    public static final String SCHEMA = "koda_ops";

    /** A connection on which nothing comes or goes for as long is closed: the last resort against a black hole. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Null where there is no store. */
    private final @Nullable Pool pool;

    /** More than so many who wait for a connection would not be answered in time anyway. */
    private static final int MOST_WAITING = 200;

    private final String name;
    private final Duration limit;
    private final String limits;
    private final IntFunction<OperationsStore> others;

    private OperationsStore(@Nullable Pool pool, String name, Duration limit, IntFunction<OperationsStore> others) {
        this.pool = pool;
        this.name = name;
        this.limit = limit;
        limits = "SET LOCAL statement_timeout = %1$d; SET LOCAL idle_in_transaction_session_timeout = %1$d"
                .formatted(limit.toMillis());
        this.others = others;
    }

    /**
     * None: every stage fails as {@code ABSENT}, so that no part of the surface has to know whether there is a store.
     */
    public static OperationsStore absent() {
        return new OperationsStore(null, "no store", StoreOptions.DEFAULT_LIMIT, connections -> absent());
    }

    /** A store on this instance, which stays the caller's. */
    public static OperationsStore of(Vertx vertx, StoreOptions options) {
        Objects.requireNonNull(options, "options");
        var pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(options.connections())
                        .setMaxWaitQueueSize(MOST_WAITING)
                        .setConnectionTimeout((int) options.limit().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions()
                        .setConnectTimeout((int) options.limit().toMillis())
                        .setIdleTimeout((int) SILENCE.toSeconds()))
                .connectingTo(() -> Future.succeededFuture(connectOptions(options)))
                .using(vertx)
                .build();
        return new OperationsStore(
                pool, options.toString(), options.limit(), connections -> of(vertx, options.connections(connections)));
    }

    /**
     * The same Postgres over connections of its own: for what people ask, so that no number of them keeps what must go on
     * from a connection. The caller closes it.
     */
    public OperationsStore beside(int connections) {
        return others.apply(connections);
    }

    /** With what a pooler knows: it refuses a connection that asks for other parameters of a session. */
    private static PgConnectOptions connectOptions(StoreOptions options) {
        var connect = new PgConnectOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setDatabase(options.database())
                .setUser(options.user())
                .setPassword(options.password().get())
                .setSslMode(options.sslMode())
                .setSslOptions(ssl(options))
                .setProperties(new HashMap<>(
                        Map.of("application_name", "koda-operations", "client_encoding", "utf8", "DateStyle", "ISO")))
                .setCachePreparedStatements(false)
                .setUseLayer7Proxy(true);
        connect.setReconnectAttempts(0);
        return connect;
    }

    private static ClientSSLOptions ssl(StoreOptions options) {
        var ssl = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(options.sslMode() == SslMode.VERIFY_FULL ? "HTTPS" : "");
        var roots = options.rootCertificate();
        boolean isJudged = roots != null || options.sslMode().compareTo(SslMode.VERIFY_CA) >= 0;
        ssl.setTrustAll(!isJudged);
        return roots == null ? ssl : ssl.setTrustOptions(new PemTrustOptions().addCertPath(roots.toString()));
    }

    /** The rows of one statement: one that ends soon, for the database is not told to end it. */
    public Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connected(connection -> connection.preparedQuery(sql).execute(parameters));
    }

    /** The rows of one statement without parameters. */
    public Future<RowSet<Row>> query(String sql) {
        return query(sql, Tuple.tuple());
    }

    /**
     * Work on one connection in one transaction, which is rolled back if it fails. The database itself ends a statement
     * that takes longer than the limit, and the whole of it if nothing comes for as long: a process that is stopped in the
     * middle of it would else hold its locks, such as that of a lease, until it wakes up.
     */
    public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return connected(connection -> connection
                .begin()
                .compose(transaction -> connection
                        .query(limits)
                        .execute()
                        .compose(ignored -> work.apply(connection))
                        .compose(done -> transaction.commit().map(ignored -> done))
                        .recover(failure ->
                                transaction.rollback().transform(ignored -> Future.<T>failedFuture(failure)))));
    }

    /**
     * A connection goes back when its work has ended, also if nobody waits for that any more: whoever got it earlier
     * would wait behind what is left of it. Nothing is cancelled, because a request to cancel ends PgBouncer 1.18.
     */
    private <T> Future<T> connected(Function<SqlConnection, Future<T>> work) {
        if (pool == null) {
            return Future.failedFuture(StoreException.absent());
        }
        return pool.getConnection()
                .compose(connection -> work.apply(connection)
                        .onComplete(ended -> connection.close())
                        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS))
                .recover(failure -> Future.failedFuture(StoreFailure.of(failure)));
    }

    /** Host, port and database, for messages. */
    public String name() {
        return name;
    }

    /** True if none is configured. */
    public boolean isAbsent() {
        return pool == null;
    }

    /** Closes the connections; statements that are under way fail. */
    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
