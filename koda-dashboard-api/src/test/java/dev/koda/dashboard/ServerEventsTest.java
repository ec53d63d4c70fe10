package dev.koda.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.Redactor;
import dev.koda.checks.network.RefusedAddresses.Refused;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerEventsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final RecordedTrail trail = new RecordedTrail();
    private OperationsDatabase database;
    private OperationsStore store;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        store = database.store();
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void aStartWithAnotherConfigurationThanTheLastOneOfThisServerIsTold() {
        start("node-1", "aaaa");
        start("node-1", "aaaa");
        start("node-2", "cccc");
        assertThat(trail.events(AuditEventType.CONFIGURATION_CHANGED)).isEmpty();

        start("node-1", "bbbb");
        start("node-1", "bbbb");

        assertThat(trail.events(AuditEventType.CONFIGURATION_CHANGED))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.target()).isEqualTo("node-1");
                    assertThat(event.details())
                            .containsEntry("from_revision", "aaaa")
                            .containsEntry("revision", "bbbb");
                });
        assertThat(trail.events(AuditEventType.CONFIGURATION_LOADED)).hasSize(5);
    }

    @Test
    void whereACheckWasNotLetToIsTold() {
        var events = new ServerEvents(store, trail, state("node-1", "aaaa"));

        events.refused(new Refused(CheckId.of("billing.api"), "http://metadata.example/", "169.254.169.254"));

        assertThat(trail.events(AuditEventType.SSRF_BLOCKED)).singleElement().satisfies(event -> {
            assertThat(event.target()).isEqualTo("billing.api");
            assertThat(event.details())
                    .containsEntry("url", "http://metadata.example/")
                    .containsEntry("address", "169.254.169.254");
        });
    }

    @Test
    void takingLeaveIsTold() {
        new ServerEvents(store, trail, state("node-1", "aaaa")).draining();

        assertThat(trail.events(AuditEventType.DRAIN_STARTED)).hasSize(1);
    }

    @Test
    void whoRemembersNothingTellsNothing() {
        var events = new ServerEvents(OperationsStore.absent(), trail, null);

        events.begun();
        events.storeIsThere();
        events.refused(new Refused(CheckId.of("billing.api"), "http://metadata.example/", "169.254.169.254"));
        events.draining();

        assertThat(trail).hasToString("[]");
    }

    private void start(String node, String revision) {
        var events = new ServerEvents(store, trail, state(node, revision));
        events.begun();
        events.storeIsThere();
        Eventually.holds(
                LIMIT,
                () -> database.ask("SELECT string_agg(revision, ',') FROM koda_ops.configuration WHERE node = '" + node
                                + "'")
                        .equals(revision));
    }

    private StateOptions state(String node, String revision) {
        return StateOptions.of(database.options(), directory, node, Redactor.byShape())
                .configuration(revision);
    }
}
