package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoryTest {
    private final EventStamp stamp = EventStamp.of(TimeSource.system(), Redactor.byShape(), "node-1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path parent;

    private Path directory = Path.of("");

    @BeforeEach
    void name() {
        directory = parent.resolve("operations");
    }

    @Test
    void isOneServersAloneUntilItEnds() throws IOException {
        try (var first = OwnDirectory.of(directory);
                var second = OwnDirectory.of(directory)) {
            assertThat(first.path()).isEqualTo(directory);
            assertThat(second.path()).isEqualTo(directory.resolve("server-2"));
            assertThat(second.path()).isEqualTo(directory.resolve("server-2"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second.path())))
                    .isEqualTo("rwx------");
        }
        try (var next = OwnDirectory.of(directory)) {
            assertThat(next.path()).isEqualTo(directory);
        }
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() throws IOException {
        try (var own = OwnDirectory.of(directory)) {
            assertThat(own.isMade()).isFalse();
            assertThat(new Spool(own, Spool.LARGEST).oldest()).isEmpty();
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void oneThatCannotBeMadeIsAskedForAgain() throws IOException {
        Files.writeString(directory, "in the way");
        try (var own = OwnDirectory.of(directory)) {
            assertThatThrownBy(own::path).isInstanceOf(IOException.class);
            Files.delete(directory);
            assertThat(own.path()).isEqualTo(directory);
        }
    }

    @Test
    void twoServersOfOneDirectoryLoseNoEventToEachOther() throws IOException {
        var events = events(4);
        try (var first = OwnDirectory.of(directory);
                var second = OwnDirectory.of(directory)) {
            var one = new Spool(first, Spool.LARGEST);
            var two = new Spool(second, Spool.LARGEST);
            one.append(events.subList(0, 2));
            two.append(events.subList(2, 3));
            two.remove(two.oldest().orElseThrow());
            two.append(events.subList(3, 4));

            assertThat(one.oldest().orElseThrow().events()).isEqualTo(events.subList(0, 2));
            assertThat(two.oldest().orElseThrow().events()).isEqualTo(events.subList(3, 4));
        }
    }

    @Test
    void whatAServerHasLeftThatRunsNoMoreIsTakenOver() throws IOException {
        var events = events(3);
        try (var first = OwnDirectory.of(directory)) {
            first.path();
            try (var second = OwnDirectory.of(directory)) {
                new Spool(second, Spool.LARGEST).append(events.subList(0, 2));
                // It runs still.
                assertThat(new Spool(first, Spool.LARGEST).oldest()).isEmpty();
            }
            var spool = new Spool(first, Spool.LARGEST);
            spool.append(events.subList(2, 3));

            var taken = spool.oldest().orElseThrow();
            assertThat(taken.events()).isEqualTo(events.subList(0, 2));
            spool.remove(taken);
            assertThat(spool.oldest().orElseThrow().events()).isEqualTo(events.subList(2, 3));
        }
    }

    private List<StampedEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stamp.stamp(
                        AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED).with("attempt", i)))
                .toList();
    }
}
