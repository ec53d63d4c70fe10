package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.TimeSource;
import dev.koda.server.collectors.KodaPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole servers over one operations store, beside the tables of a Koda. */
class CollectorsMountTest {
    private static final String DEPTH = "koda_queue_depth{agent_id=\"ATLAS\"} ";

    @TempDir
    Path directory;

    private ServerUnderTest server(KodaPostgres postgres, String name, Duration interval) throws Exception {
        return ServerUnderTest.with(
                options -> options.state(postgres.state(directory.resolve(name))
                                .koda(postgres.koda().interval(interval)))
                        .platform(true),
                TimeSource.system(),
                (engine, inProcess) -> {});
    }

    private static String metrics(ServerUnderTest server) throws Exception {
        return server.get("/metrics").body();
    }

    private static void await(ServerUnderTest server, String sample) throws Exception {
        for (int i = 0; !metrics(server).contains(sample); i++) {
            assertThat(i).as("no " + sample + " in a scrape").isLessThan(600);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void queue(KodaPostgres postgres) {
        postgres.execute("INSERT INTO knowledge_v2.runtime_queue_items"
                + " (agent_id, task_id, user_id, chat_id, queued_at, updated_at)"
                + " SELECT 'ATLAS', coalesce(max(task_id), 0) + 1, 1, 1, '', '' FROM knowledge_v2.runtime_queue_items");
    }

    private static void hit(KodaPostgres postgres) {
        postgres.execute(
                "INSERT INTO knowledge_v2.runtime_guardrail_hits (agent_id, task_id, guardrail_type, created_at)"
                        + " VALUES ('ATLAS', 1, 'loop', '')");
    }

    @Test
    void oneOfTwoServersShowsWhatTheTablesTellAndTheOtherGoesOn() throws Exception {
        try (var postgres = KodaPostgres.in(directory.resolve("postgres"))) {
            queue(postgres);
            var first = server(postgres, "first", Duration.ofSeconds(1));
            await(first, DEPTH + "1.0");
            // A counter begins where it sees its table for the first time.
            await(first, "koda_collector_up{collector=\"guardrails\"} 1.0");
            hit(postgres);
            await(first, "koda_runtime_guardrail_hits_total{guardrail_type=\"loop\"} 1.0");
            assertThat(metrics(first)).contains("koda_collector_up{collector=\"queue\"} 1.0");
            try (var second = server(postgres, "second", Duration.ofSeconds(1))) {
                queue(postgres);
                await(first, DEPTH + "2.0");
                assertThat(metrics(second)).doesNotContain(DEPTH, "koda_collector_up{");

                first.close();
                hit(postgres);
                await(second, DEPTH + "2.0");
                await(second, "koda_runtime_guardrail_hits_total{guardrail_type=\"loop\"} 2.0");
            }
        }
    }

    @Test
    void anIntervalOfZeroTurnsThemOff() throws Exception {
        try (var postgres = KodaPostgres.in(directory.resolve("postgres"));
                var server = server(postgres, "alone", Duration.ZERO)) {
            queue(postgres);
            LockSupport.parkNanos(3_000_000_000L);

            assertThat(metrics(server))
                    .contains("# TYPE koda_queue_depth gauge")
                    .doesNotContain(DEPTH);
        }
    }
}
