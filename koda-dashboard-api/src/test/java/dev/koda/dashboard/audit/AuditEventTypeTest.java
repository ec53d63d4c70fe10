package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A type that is declared is a promise: something records it, and a test has seen it. */
class AuditEventTypeTest {
    private static final String MAIN = sourcesIn("src/main/java");
    private static final String TESTS = sourcesIn("src/test/java");

    @ParameterizedTest
    @EnumSource
    void itIsRecordedAndATestHasSeenIt(AuditEventType type) {
        // An argument or a value; what is compared with it only hears of it.
        assertThat(MAIN)
                .as("a place that records %s", type)
                .containsPattern("(\\(|[^=]=)\\s*AuditEventType\\." + type.name() + "\\b");
        assertThat(TESTS)
                .as("a test that sees %s", type)
                .containsPattern("AuditEventType\\." + type.name() + "\\b|\"" + Pattern.quote(type.toString()) + "\"");
    }

    private static String sourcesIn(String directory) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(AuditEventTypeTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
