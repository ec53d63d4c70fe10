package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.limits.RateLimits;
import dev.koda.dashboard.store.StoreOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A server with an operations store in a Postgres of its own, which may end before it. */
record ServerOnStore(EmbeddedPostgres postgres, ServerUnderTest server) implements AutoCloseable {
    /** With these checks besides its own; returns when the store is open. */
    static ServerOnStore in(Path directory, ServerChecks more) throws Exception {
        // Programs that go with the directory: the process goes on with those that it unpacked last for as long as they
        // are there, and the embedded stack knows what is its own by where its programs are.
        var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(directory.resolve("data"))
                .start();
        var state = StateOptions.of(
                StoreOptions.of("127.0.0.1", postgres.getPort(), "postgres", "postgres", () -> ""),
                operations(directory),
                "node-1",
                Redactor.byShape());
        var server = ServerUnderTest.with(
                options -> options.state(state).rates(RateLimits.none()), TimeSource.system(), more);
        for (int i = 0; !isOpen(server); i++) {
            assertThat(i).as("the store comes").isLessThan(1_000);
            LockSupport.parkNanos(20_000_000);
        }
        return new ServerOnStore(postgres, server);
    }

    /** Where such a server has its spool and its key. */
    static Path operations(Path directory) {
        return directory.resolve("operations");
    }

    private static boolean isOpen(ServerUnderTest server) throws IOException, InterruptedException {
        var answer = server.get("/api/operations/operators", "Authorization", "Bearer " + ServerUnderTest.TOKEN);
        return answer.statusCode() == 200;
    }

    @Override
    public void close() throws IOException {
        server.close();
        postgres.close();
    }
}
