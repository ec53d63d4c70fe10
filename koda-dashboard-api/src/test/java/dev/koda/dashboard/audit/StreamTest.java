package dev.koda.dashboard.audit;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.checks.vertx.VertxTime;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final EventStamp stamp = EventStamp.of(TimeSource.system(), Redactor.byShape(), "node-1");
    private OperationsDatabase database;
    private OperationsStore store;
    private Lease lease;
    private Sealing sealing;
    private Partitions partitions;
    private final Server server = new Server();

    /** One event loop with the stream on it. */
    @SuppressWarnings("NullAway.Init") // deployed before it is asked
    private final class Server extends VerticleBase {
        private HttpServer http;
        private StreamRoute route;
        private volatile String session = "one";

        @Override
        public Future<?> start() {
            route = new StreamRoute(new LogReader(store), VertxTime.of(vertx), () -> this::admit);
            var routes = OperationRoutes.of(
                    List.of(Operation.read("streamAudit", "/audit/stream", route)
                            .taking(StreamRoute.PARAMETERS)),
                    this::admit);
            http = vertx.createHttpServer().requestHandler(routes.router(vertx));
            return http.listen(0, "127.0.0.1");
        }

        private Future<Caller> admit(io.vertx.ext.web.RoutingContext context, Operation operation) {
            return Future.succeededFuture(new Caller("alice", Role.VIEWER, Caller.Means.SESSION, session));
        }

        void endAll() {
            context.runOnContext(now -> route.endAll("draining"));
        }

        int open() {
            return route.open();
        }
    }

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
        var leases = Leases.in(store);
        lease = await(leases.take("sealer", "a", Duration.ofMinutes(5))).orElseThrow();
        sealing = new Sealing(store, leases);
        partitions = new Partitions(store, leases, 50);
        await(partitions.tend(lease, 0));
        await(database.vertx().deployVerticle(server));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsSealedComesInOrderAndAtOnce() throws IOException {
        try (var reader = watch("?tail=0", "")) {
            reader.awaitEvent("hello");
            for (int i = 0; i < 5; i++) {
                seal(300);
            }
            reader.awaitEvents(1_500);

            assertThat(reader.numbers()).isEqualTo(numbers(1, 1_500));
            assertThat(reader.audit().get(0).data()).startsWith("{\"seq\":1,\"schema\":\"koda.audit/v1\"");
        }
    }

    @Test
    void whoComesBackMissesNothingAndGetsNothingTwice() throws IOException {
        var seen = new ArrayList<Long>();
        var last = "";
        for (int i = 0; i < 6; i++) {
            try (var reader = watch("?tail=0", last)) {
                reader.awaitEvent("hello");
                seal(100);
                reader.awaitEvents(i == 0 ? 37 : 60);
                // What it has got is what it has got: nothing comes between the two looks below.
                reader.hangUp();
                seen.addAll(reader.numbers());
                last = reader.lastId();
            }
        }
        try (var reader = watch("", last)) {
            Eventually.holds(
                    Duration.ofSeconds(10), () -> seen.size() + reader.numbers().size() >= 600);
            seen.addAll(reader.numbers());
        }

        assertThat(seen).isEqualTo(numbers(1, 600));
    }

    @Test
    void aFilterIsAppliedHere() throws IOException {
        try (var reader = watch("?tail=0&type=security.operator_*&severity=warning&actor=user-3", "")) {
            reader.awaitEvent("hello");
            seal(100);
            reader.awaitEvents(10);

            assertThat(reader.audit()).allMatch(message -> message.data().contains("\"actor\":\"user-3\""));
        }
    }

    @Test
    void whatRetentionHasTakenIsSaid() throws IOException {
        seal(60);
        await(partitions.tend(lease, 60));
        String id;
        try (var reader = watch("?tail=50", "")) {
            reader.awaitEvents(50);
            id = reader.audit().get(0).id();
        }
        seal(60);
        await(partitions.drop(lease, await(partitions.list()).get(0)));

        try (var reader = watch("", id)) {
            reader.awaitEvents(60);

            var gap = reader.messages().get(0);
            assertThat(gap.id()).startsWith("60-");
            assertThat(gap.data()).isEqualTo("{\"from\":12,\"to\":60,\"reason\":\"retention\"}");
            assertThat(reader.numbers()).isEqualTo(numbers(61, 120));
        }
    }

    @Test
    void aLogThatWasRestoredFromAnOlderStateIsSaid() throws IOException {
        seal(5);
        try (var reader = watch("", "5-00000000")) {
            reader.awaitEvents(5);

            assertThat(reader.messages().get(0).event()).isEqualTo("reset");
        }
        try (var reader = watch("", "900-00000000")) {
            reader.awaitEvent("reset");
        }
    }

    @Test
    void whoComesBackBeforeTheFirstEventHasKeptThePlace() throws IOException {
        seal(5);
        for (int tail : new int[] {0, 3, 100}) {
            String id;
            try (var reader = watch("?type=security.nothing&tail=" + tail, "")) {
                reader.awaitEvent("hello");
                id = reader.lastId();
            }
            seal(2);
            long end = Long.parseLong(database.ask("SELECT seq FROM koda_ops.audit_head"));
            try (var reader = watch("?tail=0", id)) {
                long place = Math.max(0, end - 2 - tail);
                reader.awaitEvents((int) (end - place));

                assertThat(id).startsWith(place + "-");
                assertThat(reader.numbers()).isEqualTo(numbers(place + 1, end));
                assertThat(reader.hasEvent("reset")).isFalse();
            }
        }
    }

    @Test
    void whoHasSeenNothingOfAnEmptyLogKeepsThePlaceToo() throws IOException {
        String id;
        try (var reader = watch("", "")) {
            reader.awaitEvent("hello");
            id = reader.lastId();
        }
        try (var reader = watch("", id)) {
            reader.awaitEvent("hello");
            seal(2);
            reader.awaitEvents(2);

            assertThat(reader.hasEvent("reset")).isFalse();
        }
    }

    @Test
    void whoWasAwayForLongGetsAllThatCameMeanwhile() throws IOException {
        seal(1);
        String id;
        try (var reader = watch("", "")) {
            reader.awaitEvents(1);
            id = reader.lastId();
        }
        int missed = (int) StreamClient.LAG + 1_000;
        for (int i = 0; i < missed / 1_000; i++) {
            seal(1_000);
        }
        try (var other = watch("?tail=0", "");
                var reader = watch("", id)) {
            other.awaitEvent("hello");
            reader.awaitEvents(missed);

            assertThat(reader.numbers()).isEqualTo(numbers(2, missed + 1));
            assertThat(reader.hasEvent("gap")).isFalse();
        }
    }

    @Test
    void aLogThatIsRestoredWhileSomebodyWatchesIsSaid() throws IOException {
        seal(20);
        database.execute("CREATE TABLE kept AS SELECT * FROM koda_ops.audit_head");
        seal(10);
        try (var reader = watch("?tail=5", "")) {
            reader.awaitEvents(5);
            database.execute("BEGIN; DELETE FROM koda_ops.audit_log WHERE seq > 20;"
                    + "UPDATE koda_ops.audit_head h SET seq = k.seq, hash = k.hash FROM kept k; COMMIT");
            reader.awaitEvent("reset");
            seal(3);
            reader.awaitEvents(5 + 23);

            assertThat(reader.numbers().subList(5, 28)).isEqualTo(numbers(1, 23));
        }
    }

    @Test
    void aRestoredLogThatHasGrownBeyondThePlaceIsSaidToo() throws IOException {
        seal(20);
        database.execute("CREATE TABLE kept AS SELECT * FROM koda_ops.audit_head");
        seal(10);
        try (var reader = watch("?tail=5", "")) {
            reader.awaitEvents(5);
            // In one step for who watches: it is not looked in between.
            database.execute("ALTER TABLE koda_ops.audit_log RENAME TO audit_log_away");
            database.execute("DELETE FROM koda_ops.audit_log_away WHERE seq > 20;"
                    + "UPDATE koda_ops.audit_head h SET seq = k.seq, hash = k.hash FROM kept k");
            database.execute("ALTER TABLE koda_ops.audit_log_away RENAME TO audit_log");
            seal(40);
            reader.awaitEvent("reset");
            reader.awaitEvents(5 + 60);

            assertThat(reader.numbers().subList(5, 65)).isEqualTo(numbers(1, 60));
        }
    }

    @Test
    void oneWhoDoesNotReadHarmsNobody() throws IOException {
        try (var stalled = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.http.actualPort())) {
            stalled.setReceiveBufferSize(1_024);
            stalled.getOutputStream()
                    .write("GET /audit/stream?tail=0 HTTP/1.0\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            Eventually.holds(Duration.ofSeconds(10), () -> server.open() == 1);
            try (var reader = watch("?tail=0", "")) {
                reader.awaitEvent("hello");
                for (int i = 0; i < 6; i++) {
                    seal(1_000);
                }
                reader.awaitEvents(6_000);

                assertThat(reader.numbers()).isEqualTo(numbers(1, 6_000));
            }
        }
        Eventually.holds(Duration.ofSeconds(10), () -> server.open() == 0);
    }

    @Test
    void theSixthStreamOfASessionIsRefusedInWords() throws IOException {
        var readers = new ArrayList<StreamReader>();
        for (int i = 0; i < 5; i++) {
            readers.add(watch("?tail=0", ""));
            readers.get(i).awaitEvent("hello");
        }

        try (var refused = watch("", "")) {
            assertThat(refused.status()).contains("429");
        }
        server.session = "two";
        try (var another = watch("?tail=0", "")) {
            another.awaitEvent("hello");
        }
        for (var reader : readers) {
            reader.close();
        }
        Eventually.holds(Duration.ofSeconds(10), () -> server.open() == 0);
    }

    @Test
    void anEndIsSaidWithATimeToComeBack() throws IOException {
        try (var reader = watch("?tail=0", "")) {
            reader.awaitEvent("hello");
            server.endAll();
            reader.awaitEvent("bye");
            reader.awaitEnd();

            assertThat(reader.messages().get(1).data()).matches("\\{\"reason\":\"draining\",\"retry_ms\":[1-5]\\d{3}}");
        }
    }

    @Test
    void whatIsNoStreamIsRefused() throws IOException {
        for (var query : List.of("?tail=many", "?severity=loud", "?typ=x", "?type=a%20b", "?last_event_id=7")) {
            try (var refused = watch(query, "")) {
                assertThat(refused.status()).as(query).contains("400");
            }
        }
    }

    private StreamReader watch(String query, String lastEventId) throws IOException {
        return StreamReader.open(server.http.actualPort(), query, lastEventId);
    }

    private void seal(int count) {
        await(new Inbox(store)
                .put(IntStream.range(0, count)
                        .mapToObj(i -> stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                                .by("user-" + i % 10)
                                .with("attempt", i)))
                        .toList()));
        await(sealing.seal(lease));
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
