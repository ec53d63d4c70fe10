package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two servers on one Postgres, which were told the same directory, many who record, and one who watches, while whatever may stop is stopped: the watcher gets
 * each event that was confirmed, once, in the order of the log.
 */
@Timeout(1_800)
class AuditHistoryIT {
    private static final boolean IS_LONG = Boolean.getBoolean("koda.long");
    private static final int WRITERS = IS_LONG ? 32 : 8;
    private static final int EVENTS = IS_LONG ? 200_000 : 1_000;
    private static final int KILLS = IS_LONG ? 3 : 1;
    private static final int EVENTS_A_CONNECTION = IS_LONG ? 10_000 : 250;
    private static final Duration PAUSE = IS_LONG ? Duration.ofMillis(10) : Duration.ofMillis(60);
    private static final Duration STOP = IS_LONG ? Duration.ofSeconds(20) : Duration.ZERO;

    private static final int RECONNECTS = IS_LONG ? 20 : 2;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofMinutes(IS_LONG ? 10 : 1);
    private static final int KILLED = 137;
    private static final String TOKEN = "history-token-4711-0815-abcdef";
    private static final String OURS = "security.auth_failure";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Server[] servers = new Server[2];
    private volatile boolean isOver;

    /** One of the servers, under a port that it keeps. */
    private static final class Server {
        private final String name;
        private final int port = FreePort.next();
        private final Map<String, String> environment;
        private RealProcess process;

        Server(String name, RestartablePostgres postgres) {
            this.name = name;
            environment = Map.of(
                    "KODA_STACK",
                    "none",
                    "KODA_ENV",
                    "development",
                    "KODA_OPERATIONS_PORT",
                    Integer.toString(port),
                    "KODA_OPERATIONS_DIR",
                    sandbox.root().resolve("operations").toString(),
                    "KODA_DRAIN_DELAY",
                    "0s",
                    "CONTROL_PLANE_API_TOKEN",
                    TOKEN,
                    "OPERATIONS_POSTGRES_DSN",
                    postgres.dsn());
            process = start();
        }

        private RealProcess start() {
            return sandbox.koda(environment, "serve");
        }

        /** Dies at once, and is started again. */
        void kill() {
            process.signal("KILL");
            assertThat(process.awaitExit(LIMIT)).isEqualTo(KILLED);
            process = start();
        }

        /** True if it is the one that has sealed since this epoch. */
        boolean sealsSince(String epoch) {
            return process.errors().contains("holds the lease audit-sealer since epoch " + epoch + '"');
        }

        /** True if it says that the other one has the directory. */
        boolean isSecond() {
            return process.errors().contains("another running server has the directory");
        }

        boolean listens() {
            return Http.get("http://127.0.0.1:" + port + "/health").status() == 200;
        }
    }

    /** Something that goes wrong. */
    @FunctionalInterface
    private interface Fault {
        void happens() throws IOException;
    }

    @Test
    void nothingIsLostDoubledOrReordered() throws IOException, SQLException, InterruptedException {
        // Once for all tests of a run, so its time is not of this one.
        assertThat(Distribution.installed().home()).isDirectory();
        long begin = System.nanoTime();
        try (var postgres = RestartablePostgres.start(sandbox.directory("postgres"))) {
            servers[0] = new Server("a", postgres);
            servers[1] = new Server("b", postgres);
            Within.limit(LIMIT, "both listen", () -> servers[0].listens() && servers[1].listens());
            Within.limit(LIMIT, "one of them seals", () -> !epoch(postgres).isEmpty());
            Within.limit(
                    LIMIT, "one of them takes another directory", () -> servers[0].isSecond() != servers[1].isSecond());
            var ready = since(begin);
            var watcher = new AuditWatcher(List.of(servers[0].port, servers[1].port), TOKEN, EVENTS_A_CONNECTION);
            var watching = started(watcher);
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(started(new AuditWriter(postgres, confirmed, this::isMore, PAUSE)));
            }

            stopTheSealer(postgres);
            var followed = since(begin);
            for (int i = 1; i < KILLS; i++) {
                killTheSealer(() -> {}, postgres);
            }
            killTheSealer(postgres::restart, postgres);
            var survived = since(begin);
            isOver = true;
            for (var writer : writers) {
                writer.join(Duration.ofMinutes(20).toMillis());
            }
            var written = since(begin);
            Within.limit(CATCH_UP, "the watcher has seen all", () -> watcher.count(OURS) >= confirmed.size());
            watcher.end();
            watching.join(LIMIT.toMillis());

            judge(watcher, postgres);
            System.out.printf(
                    "%d events of %d writers, %d connections of the watcher, %d kills, in %d s (both serve after %d s,"
                            + " another one seals after %d s, all faults are over after %d s, all is written after %d s):"
                            + " none lost, doubled or reordered%n",
                    confirmed.size(),
                    WRITERS,
                    watcher.connections(),
                    KILLS,
                    since(begin),
                    ready,
                    followed,
                    survived,
                    written);
        }
    }

    private boolean isMore() {
        return !isOver || confirmed.size() < EVENTS;
    }

    private static Thread started(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    /** It sleeps for longer than its lease: another one follows, and who wakes up finds the door closed. */
    private void stopTheSealer(RestartablePostgres postgres) {
        var epoch = epoch(postgres);
        var sealer = sealer(epoch);
        long stopped = System.nanoTime();
        sealer.process.signal("STOP");
        Within.limit(
                LIMIT,
                "another one than " + sealer.name + " seals, which sleeps on",
                () -> isAnother(postgres, epoch) && System.nanoTime() - stopped >= STOP.toNanos());
        sealer.process.signal("CONT");
    }

    /** What else goes wrong does so while nobody seals. */
    private void killTheSealer(Fault besides, RestartablePostgres postgres) throws IOException {
        var epoch = epoch(postgres);
        var sealer = sealer(epoch);
        sealer.kill();
        besides.happens();
        Within.limit(LIMIT, "who follows " + sealer.name + " seals", () -> isAnother(postgres, epoch));
    }

    private Server sealer(String epoch) {
        return Within.answer(
                LIMIT,
                "who seals since epoch " + epoch,
                () -> servers[0].sealsSince(epoch) ? servers[0] : servers[1],
                server -> server.sealsSince(epoch));
    }

    /** A database that does not answer just now says nothing. */
    private static boolean isAnother(RestartablePostgres postgres, String epoch) {
        var now = epoch(postgres);
        return !now.isEmpty() && !now.equals(epoch);
    }

    private static String epoch(RestartablePostgres postgres) {
        return postgres.ask("SELECT epoch FROM koda_ops.lease WHERE name = 'audit-sealer'");
    }

    private static List<String> ours(AuditWatcher watcher) {
        return watcher.seen().stream()
                .filter(event -> event.type().equals(OURS))
                .map(AuditWatcher.Seen::id)
                .toList();
    }

    private void judge(AuditWatcher watcher, RestartablePostgres postgres) {
        assertThat(watcher.surprises()).isEmpty();
        var numbers = watcher.seen().stream().map(AuditWatcher.Seen::seq).toList();
        assertThat(numbers)
                .as("one after the other")
                .isEqualTo(LongStream.range(0, numbers.size())
                        .mapToObj(i -> numbers.get(0) + i)
                        .toList());
        var ids = ours(watcher);
        assertThat(new HashSet<>(ids)).as("each once").hasSameSizeAs(ids).isEqualTo(new HashSet<>(confirmed));
        assertThat(watcher.connections()).as("connections").isGreaterThan(RECONNECTS);
        assertThat(postgres.ask("SELECT count(*) FROM koda_ops.audit_log_default"))
                .isEqualTo("0");
        var verified = Within.answer(LIMIT, "verified", this::verify, answer -> answer.status() == 200);
        assertThat(verified.text()).contains("\"intact\":true");
    }

    private Http.Answer verify() {
        return Http.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + servers[1].port + "/api/operations/audit/verify"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }
}
