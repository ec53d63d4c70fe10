package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document and the sources know the same reasons. */
class PostgresDocsTest {
    private static final Path DOCS = Path.of("..", "docs", "checks.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "koda", "checks", "postgres");
    private static final Pattern GIVEN =
            Pattern.compile("(?:BrokenRung\\.of\\(\\s*|\\.reason\\()\"([a-z_]+)\"", Pattern.DOTALL);

    @Test
    void explainsEveryReason() throws IOException {
        var docs = Files.readString(DOCS);
        var section = docs.substring(docs.indexOf("## Postgres"), docs.indexOf("## Object storage"));
        var ofQueries = Files.readString(Path.of("..", "docs", "koda-yaml.md"));
        var reasons = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                GIVEN.matcher(Files.readString(file)).results().forEach(match -> reasons.add(match.group(1)));
            }
        }

        assertThat(reasons).hasSizeGreaterThan(20);
        assertThat(reasons).allSatisfy(reason -> assertThat(section + ofQueries).contains("`" + reason + "`"));
    }
}
