package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private final EventStamp stamp = EventStamp.of(TimeSource.system(), Redactor.byShape(), "node-1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path parent;

    private Path directory = Path.of("");
    private OwnDirectory own = OwnDirectory.of(directory);

    @BeforeEach
    void name() {
        directory = parent.resolve("spool");
        own = OwnDirectory.of(directory);
    }

    @AfterEach
    void close() throws IOException {
        own.close();
    }

    @Test
    void keepsEventsForTheNextProcessAndForNobodyElse() throws IOException {
        var events = events(3);

        assertThat(spool().append(events)).isEqualTo(3);

        var segment = spool().oldest().orElseThrow();
        assertThat(ids(segment.events())).isEqualTo(ids(events));
        assertThat(segment.events().get(0).body()).isEqualTo(events.get(0).body());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatComesWhileTheOldestIsReadGoesToAnotherSegment() throws IOException {
        var spool = spool();
        spool.append(events(2));
        var first = spool.oldest().orElseThrow();
        var later = events(1);
        spool.append(later);

        spool.remove(first);

        assertThat(ids(spool.oldest().orElseThrow().events())).isEqualTo(ids(later));
    }

    @Test
    void takesWhatFitsAndSaysHowMany() throws IOException {
        var spool = new Spool(own, 1_500);

        int taken = spool.append(events(10));

        assertThat(taken).isBetween(2, 5);
        assertThat(spool.append(events(10))).isZero();
        assertThat(spool.oldest().orElseThrow().events()).hasSize(taken);
    }

    @Test
    void theTornLineOfAPowerCutIsNoEvent() throws IOException {
        spool().append(events(2));
        var file = spool().oldest().orElseThrow().file();
        Files.writeString(file, "{\"id\":\"0199", StandardOpenOption.APPEND);

        assertThat(spool().oldest().orElseThrow().events()).hasSize(2);
    }

    @Test
    void nothingGoesBehindAWriteThatFailed() throws IOException {
        var spool = spool();
        spool.append(events(1));
        var first = directory.resolve("audit-spool-0000000001.ndjson");
        Files.delete(first);
        Files.createSymbolicLink(first, Path.of("/dev/full"));
        assertThatThrownBy(() -> spool.append(events(1))).isInstanceOf(IOException.class);

        var later = events(2);
        assertThat(spool.append(later)).isEqualTo(2);
        Files.delete(first);
        assertThat(ids(spool.oldest().orElseThrow().events())).isEqualTo(ids(later));
    }

    @Test
    void anEmptyOneHasNothing() throws IOException {
        assertThat(spool().oldest()).isEmpty();
    }

    private Spool spool() {
        return new Spool(own, Spool.LARGEST);
    }

    private static List<UUID> ids(List<StampedEvent> events) {
        return events.stream().map(StampedEvent::id).toList();
    }

    private List<StampedEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                        .by("alice")
                        .with("attempt", i)))
                .toList();
    }
}
